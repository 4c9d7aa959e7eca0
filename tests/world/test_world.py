"""The small city holds whom its description promises."""

from kawal.regions.facts import Role


def test_the_people_hold_their_posts(world):
    assert {one.role for one in world.actor("siti").appointments} == {Role.PA}
    assert world.actor("siti").agency_ids == {world.agency("Disdik").id}
    assert world.actor("rina").roles == {Role.PPK_SKPD}
    assert world.actor("budi").roles == {Role.KUASA_BUD}
    assert world.actor("lurah").roles == {Role.LURAH, Role.KPA}
    assert world.actor("joko").agency_ids == {world.agency("Dishub").id}
    assert world.actor("dewi").appointments == ()
    assert world.nobody().is_anonymous


def test_names_codes_and_places_are_the_demos(world):
    assert world.person("siti").name == "Siti Rahmadani Lubis"
    assert world.agency("Disdik").code == "1.01.0.00.0.00.01.0000"
    assert world.agency("Kel. Pahlawan").parent_id == world.agency("Binjai Utara").id


def test_a_client_is_signed_in_as_its_person(world):
    session = world.client("joko").session
    assert session["_auth_user_id"] == str(world.login_id("joko"))
