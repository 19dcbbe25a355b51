using System.Globalization;
using System.Text;

namespace Kinerja.Benchmarks;

/// <summary>
/// Indonesian of no meaning with the statistics of the real thing: roots under the language's affixes between frequent
/// small words, with numbers and names. A text compresses about as a report's does, where a repeated phrase would not.
/// </summary>
internal static class Prose
{
    private static readonly string[] Small =
        "yang dan di dengan untuk pada dari dalam oleh serta telah akan belum sudah tidak dapat masih lebih antara secara".Split(' ');

    private static readonly string[] Roots = """
        laksana guna satu kerja rencana anggar jawab tugas data pilih tanggap hitung catat lapor susun kirim terima periksa ukur
        capai tingkat turun bangun didik latih tetap sah umum awas bina dukung hambat lanjut tindak sedia simpan rawat angkut
        bayar belanja tagih setor serap alih geser tambah kurang lengkap cermat tepat cepat lambat lama baru ubah ganti tunjuk
        angkat lantik usul tolak setuju teliti kaji nilai banding hasil masuk keluar sampai tiba pulang berangkat jalan jembatan
        desa camat kabupaten kota provinsi pusat kantor gudang logistik kotak suara bilik tinta segel sampul formulir salinan
        daftar tempat petugas saksi peserta calon partai kampanye debat sosial warga muda perempuan difabel adat pasar sekolah
        kampus asrama pulau laut perahu cuaca hujan banjir longsor gempa sinyal jaring server laman aplikasi sistem sandi akun
        hukum sengketa sidang gugat putus sumpah etik sanksi damai aman jaga patroli koordinasi rapat undang hadir notula
        materi modul video siar cetak baliho spanduk radio berita media wawancara klarifikasi verifikasi faktual administrasi
        pegawai honorer cuti mutasi pensiun disiplin kinerja target indikator sasaran tujuan dokumen arsip tata kelola mutu risiko
        kendali audit temuan saran rekomendasi tuntas bukti dasar regulasi pedoman juknis petunjuk teknis jadwal tahap hari bulan
        triwulan semester tahun awal akhir sementara dana hibah kontrak lelang sewa kendara listrik air ruang meja komputer printer
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static readonly (string Before, string After)[] Affixes =
        [("", ""), ("", ""), ("me", "kan"), ("di", "kan"), ("pe", "an"), ("ke", "an"), ("ber", ""), ("ter", ""), ("", "nya"), ("per", "an"), ("me", "i"), ("", "an")];

    private static readonly string[] Syllables =
        "ka la ma na ra sa ta wa ba da ga pa ki li mi ni ri si ti bu du ku lu mu nu ru su tu lo mo no ro so to be le me".Split(' ');

    /// <summary>A text of about so many characters.</summary>
    public static string Text(Dice dice, int length)
    {
        var text = new StringBuilder(length + 40);
        while (text.Length < length)
        {
            Sentence(dice, text, dice.Between(7, 22));
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>A heading of a few words.</summary>
    public static string Title(Dice dice, int words)
    {
        var text = new StringBuilder();
        Sentence(dice, text, words);
        return text.ToString().TrimEnd('.', ' ');
    }

    /// <summary>The name of a place.</summary>
    public static string Place(Dice dice)
    {
        var name = string.Concat(Enumerable.Range(0, dice.Between(2, 4)).Select(_ => dice.Pick(Syllables)));
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    private static void Sentence(Dice dice, StringBuilder text, int words)
    {
        var start = text.Length;
        for (var i = 0; i < words; i++)
        {
            text.Append(dice.Below(20) switch
            {
                < 6 => dice.Pick(Small),
                6 => dice.Between(2, 9_999).ToString(CultureInfo.InvariantCulture),
                7 => Place(dice),
                _ => Word(dice),
            }).Append(i + 1 == words ? ". " : dice.Chance(7) ? ", " : " ");
        }

        text[start] = char.ToUpperInvariant(text[start]);
    }

    private static string Word(Dice dice)
    {
        var (before, after) = dice.Pick(Affixes);
        return before + dice.Pick(Roots) + after;
    }
}
