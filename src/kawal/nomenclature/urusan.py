"""The urusan of government by the first segment of their codes (Permendagri 90/2019)."""

URUSAN = {
    "X": "Penunjang urusan, di setiap perangkat daerah",
    "1": "Urusan pemerintahan wajib yang berkaitan dengan pelayanan dasar",
    "2": "Urusan pemerintahan wajib yang tidak berkaitan dengan pelayanan dasar",
    "3": "Urusan pemerintahan pilihan",
    "4": "Unsur pendukung urusan pemerintahan",
    "5": "Unsur penunjang urusan pemerintahan",
    "6": "Unsur pengawasan urusan pemerintahan",
    "7": "Unsur kewilayahan",
    "8": "Unsur pemerintahan umum",
    "9": "Unsur kekhususan dan keistimewaan",
    "11": "Unsur kekhususan dan keistimewaan lainnya",
}
