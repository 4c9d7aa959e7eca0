"""One small city for every module's tests: the people, agencies and posts of the demo, a few.

A test asks for the fixture ``world``::

    def test_joko_sees_nothing(world):
        assert world.client("joko").get(page_of(world.agency("Disdik"))).status_code == 404

Siti is PA of Dinas Pendidikan (Disdik), Rina its PPK-SKPD, ``operator-disdik`` its operator; Budi
is Kuasa BUD; Pak Lurah (``lurah``) leads Kelurahan Pahlawan; Dewi is a citizen; Joko is the
operator of Dinas Perhubungan (Dishub) and must see nothing of Disdik.
"""
