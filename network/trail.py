"""What the audit trail calls what is done with members, groups, topics and the library."""

from typing import Final

from kernel.errors import N_

ACTIONS: Final = {
    "group.archived": N_("Group archived"),
    "group.chair_followed": N_("Chair of a group followed by another member"),
    "group.changed": N_("Group changed"),
    "group.created": N_("Group made"),
    "group.joined": N_("Group joined"),
    "group.member_added": N_("Member added to a group"),
    "group.member_removed": N_("Member removed from a group"),
    "group.membership_ended": N_("Membership of a group ended with the affiliation"),
    "library_collection.changed": N_("Collection of the library changed"),
    "library_collection.created": N_("Collection of the library made"),
    "library_item.changed": N_("Item of the library changed"),
    "library_item.created": N_("Item added to the library"),
    "library_item.handed_over": N_("Item of the library handed over"),
    "library_version.changed": N_("Draft of the library changed"),
    "library_version.discarded": N_("Draft of the library discarded"),
    "library_version.file_added": N_("File added to a draft of the library"),
    "library_version.file_removed": N_("File taken from a draft of the library"),
    "library_version.published": N_("Version published in the library"),
    "library_version.returned": N_("Version returned to its author"),
    "library_version.started": N_("New version started in the library"),
    "library_version.submitted": N_("Version handed in for review"),
    "library_version.superseded": N_("Version followed by a newer one"),
    "library_version.withdrawn": N_("Version withdrawn from the library"),
    "mail_rhythm.changed": N_("Hours of mail changed"),
    "members.imported": N_("Members imported"),
    "organisation.changed": N_("Member organisation changed"),
    "organisation.created": N_("Member organisation taken in"),
    "post.edited": N_("Post changed"),
    "post.file_added": N_("File added to a post"),
    "post.removed": N_("Post removed"),
    "post.written": N_("Post written"),
    "subscription.changed": N_("Mail from a group changed"),
    "topic.answered": N_("Answer accepted"),
    "topic.created": N_("Topic opened"),
    "topic.renamed": N_("Topic renamed"),
    "topic.status_changed": N_("Topic closed or reopened"),
    "topic_watch.changed": N_("Topic watched, muted or neither"),
}

OBJECTS: Final = {
    "group": N_("Group"),
    "group_membership": N_("Membership of a group"),
    "library_collection": N_("Collection of the library"),
    "library_item": N_("Item of the library"),
    "library_version": N_("Version of an item"),
    "mail_rhythm": N_("Hours of mail"),
    "post": N_("Post"),
    "subscription": N_("Mail from a group"),
    "topic": N_("Topic"),
    "topic_watch": N_("Mail from a topic"),
}
