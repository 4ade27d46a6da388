"""What the audit trail calls what is done with members, groups and topics."""

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
    "members.imported": N_("Members imported"),
    "organisation.changed": N_("Member organisation changed"),
    "organisation.created": N_("Member organisation taken in"),
    "post.edited": N_("Post changed"),
    "post.file_added": N_("File added to a post"),
    "post.removed": N_("Post removed"),
    "post.written": N_("Post written"),
    "topic.answered": N_("Answer accepted"),
    "topic.created": N_("Topic opened"),
    "topic.renamed": N_("Topic renamed"),
    "topic.status_changed": N_("Topic closed or reopened"),
}

OBJECTS: Final = {
    "group": N_("Group"),
    "group_membership": N_("Membership of a group"),
    "post": N_("Post"),
    "topic": N_("Topic"),
}
