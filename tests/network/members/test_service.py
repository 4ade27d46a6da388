"""Importing members, all or nothing, and correcting one."""

import pytest
from sqlalchemy import func, select

from kernel.db import db, scoped
from kernel.errors import Conflict, Forbidden, NotFound, Refused
from kernel.identity.models import Affiliation, Organisation, OrganisationKind
from kernel.search import search
from kernel.values import clock
from kernel.values.outcomes import Outcome
from network.members import queries, service
from network.members.queries import MemberFilter
from network.members.rules import Flag

BAD = b"code,name,joined\nNA,Electoral Commission of Namibia,1990\nXX,Nowhere,soon\n"


def embs():
    wanted = Organisation.kind == OrganisationKind.EMB
    return db.session.scalar(select(func.count()).select_from(Organisation).where(wanted))


def changes(member, **values):
    facts = ("name", "region", "joined_year", "permanent", "micro_state", "languages")
    return {name: getattr(member, name) for name in facts} | values


def test_importing_the_commonwealth_adds_56_embs_in_five_regions(imported, acting, administrator):
    assert (imported.created, imported.updated, imported.unchanged) == (56, 0, 0)
    with acting(administrator):
        assert embs() == 56
        assert queries.regions() == [
            "Africa",
            "Asia",
            "Caribbean and Americas",
            "Europe",
            "Pacific",
        ]


def test_the_secretariat_is_no_row_of_the_directory(imported, acting, administrator):
    with acting(administrator):
        listed = queries.members(MemberFilter())
    assert len(listed) == 56
    assert "Secretariat" not in {member.name for member in listed}


def test_namibia_is_imported_under_its_code(imported, emb):
    assert emb("NA").name == "Electoral Commission of Namibia"


def test_four_unnamed_embs_are_taken_in_under_a_flagged_name(imported, acting, administrator):
    with acting(administrator):
        flagged = queries.members(MemberFilter(flag=Flag.NAME_TO_CONFIRM))
    assert [(member.country, member.name) for member in flagged] == [
        ("BN", "Election management body of Brunei"),
        ("CY", "Election management body of Cyprus"),
        ("GA", "Election management body of Gabon"),
        ("TV", "Election management body of Tuvalu"),
    ]


def test_importing_the_same_file_again_changes_nothing(
    imported, acting, administrator, commonwealth, trail
):
    with acting(administrator):
        again = service.imports.import_file(administrator, "members.csv", commonwealth)
        assert (again.created, again.updated, again.unchanged) == (0, 0, 56)
        assert embs() == 56
        assert len(trail("organisation.created")) == 56
        assert trail("organisation.changed") == []


def test_importing_a_changed_file_updates_the_member_and_keeps_its_identity(
    imported, acting, administrator, emb
):
    before = emb("TV")
    with acting(administrator):
        content = b"iso,emb name\nTV,Tuvalu Electoral Office (fictional)\n"
        result = service.imports.import_file(administrator, "one.csv", content)
    after = emb("TV")
    assert (result.created, result.updated) == (0, 1)
    assert (after.id, after.version) == (before.id, before.version + 1)
    assert (after.name, after.name_is_fallback) == ("Tuvalu Electoral Office (fictional)", False)
    assert after.region == "Pacific"


def test_nothing_is_imported_when_any_row_is_bad(acting, administrator, trail):
    with acting(administrator), pytest.raises(Refused) as refused:
        service.imports.import_file(administrator, "bad.csv", BAD)
    rows = refused.value.data["rows"]
    assert [(row["row"], row["column"], row["value"]) for row in rows] == [
        (3, "code", "XX"),
        (3, "joined", "soon"),
    ]
    assert all(row["reason"] for row in rows)
    with acting(administrator):
        assert embs() == 0
        assert trail("organisation.created") == []


def test_a_dry_run_tells_and_changes_nothing(acting, administrator, commonwealth):
    with acting(administrator):
        result = service.imports.import_file(administrator, "m.csv", commonwealth, dry_run=True)
        assert result.created == 56
        assert embs() == 0
        with pytest.raises(Refused):
            service.imports.import_file(administrator, "bad.csv", BAD, dry_run=True)


def test_each_member_added_or_changed_is_in_the_trail_once(imported, acting, administrator, trail):
    with acting(administrator):
        service.imports.import_file(administrator, "one.csv", b"iso,region\nNA,Southern Africa\n")
        created, changed = trail("organisation.created"), trail("organisation.changed")
    assert len(created) == 56
    assert {entry.actor_id for entry in created} == {administrator.person_id}
    [entry] = changed
    assert (entry.before, entry.after) == ({"region": "Africa"}, {"region": "Southern Africa"})


def test_the_import_itself_is_in_the_trail_with_its_file(imported, acting, administrator, trail):
    with acting(administrator):
        [entry] = trail("members.imported")
    assert entry.object_label == "members.csv"
    assert entry.after == {"created": 56, "updated": 0, "unchanged": 0}


def test_a_kept_file_is_previewed_and_confirmed(acting, administrator, commonwealth):
    with acting(administrator):
        kept = service.imports.keep_upload(administrator, "members.csv", commonwealth)
    with acting(administrator):
        preview = service.imports.preview(administrator, kept.id)
        assert preview.count(Outcome.CREATED) == 56
        assert embs() == 0
    with acting(administrator):
        assert service.imports.confirm(administrator, kept.id).created == 56
    with acting(administrator):
        assert embs() == 56
        with pytest.raises(NotFound):
            service.imports.confirm(administrator, kept.id)


def test_a_second_upload_takes_the_place_of_the_first(acting, administrator, commonwealth):
    with acting(administrator):
        first = service.imports.keep_upload(administrator, "members.csv", commonwealth)
    with acting(administrator):
        second = service.imports.keep_upload(administrator, "bad.csv", BAD)
    with acting(administrator):
        assert service.imports.preview(administrator, second.id).report.errors
        with pytest.raises(NotFound):
            service.imports.preview(administrator, first.id)


def test_a_kept_file_is_seen_only_by_who_uploaded_it(acting, administrator, factory, commonwealth):
    colleague = factory.actor(roles=["network_administrator"])
    with acting(administrator):
        kept = service.imports.keep_upload(administrator, "members.csv", commonwealth)
    with acting(colleague), pytest.raises(NotFound):
        service.imports.preview(colleague, kept.id)
    with acting(administrator):
        assert service.imports.preview(administrator, kept.id).steps


def test_chosen_columns_are_used(acting, administrator):
    content = b"Land,Kurz\nElectoral Commission of Namibia,NA\n"
    with acting(administrator):
        kept = service.imports.keep_upload(administrator, "m.csv", content)
        assert (
            "country code"
            in service.imports.preview(administrator, kept.id).report.errors[0].reason
        )
        service.imports.match_columns(administrator, kept.id, {"country": 1, "name": 0})
    with acting(administrator):
        [step] = service.imports.preview(administrator, kept.id).steps
        assert (step.country, step.values["name"]) == ("NA", "Electoral Commission of Namibia")


def test_only_who_manages_members_imports_and_changes_them(
    imported, acting, member, commonwealth, emb
):
    tuvalu = emb("TV")
    with acting(member):
        for forbidden in (
            lambda: service.imports.import_file(member, "m.csv", commonwealth),
            lambda: service.imports.keep_upload(member, "m.csv", commonwealth),
            lambda: service.change_member(member, tuvalu.id, tuvalu.version, changes(tuvalu)),
        ):
            with pytest.raises(Forbidden):
                forbidden()


def test_correcting_a_member_confirms_its_name(imported, acting, administrator, emb, trail):
    tuvalu = emb("TV")
    with acting(administrator):
        given = changes(tuvalu, name="Tuvalu Electoral Office (fictional)", micro_state=True)
        service.change_member(administrator, tuvalu.id, tuvalu.version, given)
    after = emb("TV")
    assert (after.name_is_fallback, after.micro_state) == (False, True)
    with acting(administrator):
        [entry] = trail("organisation.changed")
        assert entry.before["name_is_fallback"] is True


def test_two_people_correcting_the_same_member_meet(imported, acting, administrator, emb):
    tuvalu = emb("TV")
    with acting(administrator):
        given = changes(tuvalu, region="South Pacific")
        service.change_member(administrator, tuvalu.id, tuvalu.version, given)
    with acting(administrator), pytest.raises(Conflict) as conflict:
        service.change_member(administrator, tuvalu.id, tuvalu.version, changes(tuvalu))
    assert conflict.value.current["region"] == "South Pacific"
    assert conflict.value.current["version"] == tuvalu.version + 1


def test_members_of_another_network_do_not_exist(
    imported, acting, administrator, emb, make_tenant, app
):
    namibia, other = emb("NA"), make_tenant()
    with app.app_context(), scoped(other.id):
        assert queries.members(MemberFilter()) == []
        assert queries.member(namibia.id) is None
        db.session.rollback()
    with acting(administrator):
        assert queries.member(namibia.id) is not None


@pytest.mark.parametrize(
    "words", ["Namibia", "Namibie", "ناميبيا", '"Electoral Commission of Namibia"']
)
def test_a_member_is_found_by_its_country_in_every_language(
    imported, acting, administrator, words, emb
):
    with acting(administrator):
        hits = search(administrator, words)
    assert [hit.object_id for hit in hits] == [emb("NA").id]


def test_a_focal_point_clears_the_flag_until_she_leaves(
    imported, acting, administrator, factory, emb, inside
):
    namibia = emb("NA")
    focal = factory.actor("Ndapewa Fictional", organisation=namibia, roles=["focal_point"])
    with acting(administrator):
        assert queries.member(namibia.id).has_focal_point
        [person] = queries.people_of(namibia.id)
        assert (person.name, person.is_focal_point) == ("Ndapewa Fictional", True)
        assert len(queries.members(MemberFilter(flag=Flag.NO_FOCAL_POINT))) == 55
    with inside():
        left = db.session.scalars(
            select(Affiliation).where(Affiliation.person_id == focal.person_id)
        ).one()
        left.ended_at = clock.now()
    with acting(administrator):
        assert not queries.member(namibia.id).has_focal_point
        assert queries.people_of(namibia.id) == []
        assert len(queries.members(MemberFilter(flag=Flag.NO_FOCAL_POINT))) == 56
