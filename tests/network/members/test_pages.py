"""The pages of the members, as an administrator and a member use them."""


def test_an_administrator_imports_the_members_of_the_commonwealth(upload, commonwealth):
    page = upload(commonwealth)
    assert "Import 56 members" in page.text
    done = upload.browser.submit(page, "Import 56 members")
    assert done.status == 200
    assert "56 members added." in done.text
    assert "56 members" in done.text
