"""Who sees which field of a person: every way to stand to her, every choice she can make."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.people.rules import (
    DEFAULT_AUDIENCES,
    Audience,
    Field,
    ReaderFacts,
    visible_fields,
)

ANYBODY = ReaderFacts()
IN_A_GROUP = ReaderFacts(shares_group=True)
COLLEAGUE = ReaderFacts(shares_organisation=True)
HERSELF = ReaderFacts(is_self=True, shares_organisation=True)
READER_OF_A_FORMER = ReaderFacts(shares_group=True, former=True)


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        (Audience.NETWORK, [ANYBODY, IN_A_GROUP, COLLEAGUE, HERSELF]),
        (Audience.GROUPS, [IN_A_GROUP, COLLEAGUE, HERSELF]),
        (Audience.ORGANISATION, [COLLEAGUE, HERSELF]),
        (Audience.NOBODY, [HERSELF]),
    ],
)
@pytest.mark.parametrize("field", Field)
def test_a_field_is_seen_by_its_audience_and_by_nobody_else(field, audience, readers):
    everybody = [ANYBODY, IN_A_GROUP, COLLEAGUE, HERSELF, READER_OF_A_FORMER]
    seeing = [one for one in everybody if field in visible_fields(one, {field: audience})]
    assert seeing == readers


def test_who_chose_nothing_keeps_address_and_telephone_in_her_organisation():
    hidden = frozenset(Field) - visible_fields(ANYBODY, {})
    assert hidden == {Field.ADDRESS, Field.PHONE}
    assert visible_fields(COLLEAGUE, {}) == frozenset(Field)


def test_every_field_has_an_audience_to_start_with():
    assert set(DEFAULT_AUDIENCES) == set(Field)


@given(
    reader=st.builds(ReaderFacts, shares_organisation=st.booleans(), shares_group=st.booleans()),
    chosen=st.dictionaries(st.sampled_from(Field), st.sampled_from(Audience)),
    field=st.sampled_from(Field),
)
def test_a_wider_audience_never_hides_a_field(reader, chosen, field):
    order = list(Audience)
    seen = [field in visible_fields(reader, {**chosen, field: audience}) for audience in order]
    assert seen == sorted(seen, reverse=True)
