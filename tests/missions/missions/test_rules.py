from dataclasses import replace
from itertools import product

import pytest

from kernel.errors import Refused
from missions.missions.rules import (
    NEXT_STATE,
    Ending,
    Finding,
    InvitationState,
    MissionKind,
    MissionState,
    Precision,
    Standing,
    advanced,
    approval_blockers,
    blockers,
    ended,
    invitation_moved,
    is_open,
)

OBSERVATION = Standing(MissionKind.OBSERVATION, MissionState.ASSESSING)
READY = replace(
    OBSERVATION, invitation=InvitationState.RECEIVED, finding=Finding.FAVOURABLE, waived=False
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("proposed", "assessing"),
        ("assessing", "approved"),
        ("approved", "recruiting"),
        ("recruiting", "deployed"),
        ("deployed", "reporting"),
        ("reporting", "closed"),
    ],
)
def test_an_unhindered_mission_takes_its_states_in_order(before: str, after: str) -> None:
    standing = replace(READY, state=MissionState(before), report_issued=True, accounts_settled=True)
    assert advanced(standing) is MissionState(after)


@pytest.mark.parametrize("state", ["closed", "cancelled", "downsized"])
def test_a_mission_that_has_ended_moves_no_further(state: str) -> None:
    ending = MissionState(state)
    assert not is_open(ending)
    with pytest.raises(Refused):
        advanced(replace(READY, state=ending))
    for other in Ending:
        with pytest.raises(Refused):
            ended(ending, other)


def test_every_open_mission_can_be_cancelled_or_downsized() -> None:
    for state, ending in product(NEXT_STATE, Ending):
        assert ended(state, ending) == ending


INVITED = {InvitationState.RECEIVED, InvitationState.ACCEPTED}


@pytest.mark.parametrize(
    ("invitation", "finding", "waived"),
    list(product(InvitationState, [None, *Finding], [False, True])),
)
def test_observation_is_approved_only_with_an_invitation_and_an_assessment_or_waiver(
    invitation: InvitationState, finding: Finding | None, waived: bool
) -> None:
    standing = replace(OBSERVATION, invitation=invitation, finding=finding, waived=waived)
    advised = finding in {Finding.FAVOURABLE, Finding.CONDITIONAL}
    if invitation in INVITED and (advised or waived):
        assert advanced(standing) is MissionState.APPROVED
    else:
        with pytest.raises(Refused):
            advanced(standing)


@pytest.mark.parametrize(
    ("invitation", "finding", "waived", "count"),
    [
        ("none", None, False, 2),
        ("requested", None, False, 2),
        ("received", None, False, 1),
        ("received", None, True, 0),
        ("received", "favourable", False, 0),
        ("accepted", "conditional", False, 0),
        ("accepted", "unfavourable", False, 1),
        ("accepted", "unfavourable", True, 0),
        ("declined", "favourable", False, 1),
        ("declined", None, True, 1),
        ("none", None, True, 1),
    ],
)
def test_what_blocks_an_approval_is_listed(
    invitation: str, finding: str | None, waived: bool, count: int
) -> None:
    standing = replace(
        OBSERVATION,
        invitation=InvitationState(invitation),
        finding=finding and Finding(finding),
        waived=waived,
    )
    assert len(approval_blockers(standing)) == count


@pytest.mark.parametrize("kind", [kind for kind in MissionKind if kind != "observation"])
def test_other_kinds_of_mission_need_no_invitation_on_record(kind: MissionKind) -> None:
    assert approval_blockers(Standing(kind, MissionState.ASSESSING)) == []


@pytest.mark.parametrize("precision", [Precision.MONTH, Precision.YEAR])
def test_a_mission_is_deployed_only_for_an_exact_polling_day(precision: Precision) -> None:
    recruiting = replace(READY, state=MissionState.RECRUITING)
    assert blockers(recruiting) == []
    assert len(blockers(replace(recruiting, precision=precision))) == 1
    assert blockers(replace(READY, precision=precision)) == []


@pytest.mark.parametrize(
    ("issued", "settled", "missing"),
    [(True, True, 0), (False, True, 1), (True, False, 1), (False, False, 2)],
)
def test_closing_needs_the_report_issued_and_the_accounts_settled(
    issued: bool, settled: bool, missing: int
) -> None:
    reporting = replace(
        READY, state=MissionState.REPORTING, report_issued=issued, accounts_settled=settled
    )
    assert len(blockers(reporting)) == missing


ALLOWED_LETTERS = {
    ("none", "requested"),
    ("none", "received"),
    ("requested", "received"),
    ("received", "accepted"),
    ("received", "declined"),
}


@pytest.mark.parametrize(("before", "after"), list(product(InvitationState, repeat=2)))
def test_an_invitation_is_answered_only_after_it_was_received(
    before: InvitationState, after: InvitationState
) -> None:
    if (before.value, after.value) in ALLOWED_LETTERS:
        assert invitation_moved(before, after) is after
    else:
        with pytest.raises(Refused):
            invitation_moved(before, after)
