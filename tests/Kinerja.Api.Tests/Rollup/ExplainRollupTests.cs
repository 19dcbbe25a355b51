using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

public sealed class ExplainRollupTests(RollupTests.Ntt ntt) : IClassFixture<RollupTests.Ntt>
{
    private const string Semester = "/v1/satker/53/rollup?year=2024&indicator=AK.01&period=2024-S1";

    [Fact]
    public async Task The_rows_fold_to_the_value_of_the_roll_up_and_say_who_is_missing()
    {
        var row = await Row(Semester);
        var why = (await ntt.As("53.sekretaris").Get((string)row["explain"]!)).Is(200).Json;

        Assert.Equal(row["value"]!.ToJsonString(), why["value"]!.ToJsonString());
        Assert.Equal(row["capaian"]!.ToJsonString(), why["capaian"]!["figure"]!.ToJsonString());
        Assert.Equal(22, why["rows"]!.AsArray().Count(office => (bool)office!["element"]!["meets"]!));
        Assert.Equal((23, 22, 22), ((int)why["fold"]!["expected"]!, (int)why["fold"]!["meeting"]!, (int)why["fold"]!["counted"]!));
        var missing = Assert.Single(why["missing"]!.AsArray())!;
        Assert.Equal(("5309", "missing"), ((string)missing["satker"]!, (string)missing["state"]!));
        Assert.Null(missing["element"]);
        Assert.Equal("2024-06-30", (string)why["tree"]!);
    }

    [Fact]
    public async Task Both_roundings_the_target_and_the_policy_are_told_as_data_and_in_words()
    {
        var path = (string)(await Row(Semester))["explain"]!;
        var why = (await ntt.As("53.sekretaris").Get(path)).Is(200).Json;
        var english = (await ntt.As("00.inspektur").Get(path, Requests.English)).Is(200).Json;

        Assert.Equal(95.652173913m, (decimal)why["unrounded"]!);
        Assert.Equal((159.4166666667m, 60m, 95.65m), (
            (decimal)why["capaian"]!["unrounded"]!, (decimal)why["capaian"]!["t"]!, (decimal)why["capaian"]!["r"]!));
        Assert.Equal("2024.1", (string)why["capaian"]!["figure"]!["policy"]!);
        Assert.Null(why["targetFrom"]);
        Assert.Equal(
            [
                "Diharapkan 23 satker menurut pohon tanggal 2024-06-30; 22 melaporkan SP.03 (perjanjian tingkat sekretaris) dan sudah mencapai accepted; 22 dihitung.",
                "Tidak dihitung (1): belum dilaporkan: 5309.",
                "Memenuhi syarat B: 22 dari 23 satker yang diharapkan; 22 / 23 × 100. Yang tidak melapor dihitung tidak memenuhi.",
                "Hasil 95,652173913 dibulatkan sekali menjadi 95,65.",
                "Target 60 % adalah target nasional tahun 2024.",
                "Makin besar makin baik: realisasi / target × 100 = 95,65 / 60 × 100.",
                "Hasil 159,4166666667 dibulatkan sekali menjadi 159,42.",
                "Dilaporkan 159,42 menurut kebijakan 2024.1 (batas bawah 0, batas atas tidak ada).",
                "Kategori: Sangat Berhasil.",
            ], why["steps"]!.AsArray().Select(step => (string)step!));
        Assert.Equal("The target 60 % is the national one of 2024.", (string)english["steps"]![4]!);
    }

    [Fact]
    public async Task From_each_row_one_walks_down_to_the_document_that_was_signed()
    {
        var why = (await ntt.As("53.sekretaris").Get((string)(await Row("/v1/satker/53/rollup?year=2024&indicator=AK.01"))["explain"]!)).Is(200).Json;

        Assert.Equal(23, why["rows"]!.AsArray().Count);
        foreach (var source in why["rows"]!.AsArray().Select(row => row!["documents"]!.AsArray().Single(one => (string)one!["kind"]! == "realization")!))
        {
            var held = (await ntt.As("53.sekretaris").Get((string)source["href"]!)).Is(200).Json;
            Assert.Equal((string)source["contentHash"]!, (string)held["contentHash"]!);
            (await ntt.As("53.sekretaris").Get((string)source["signOffs"]!)).Is(200);
        }
    }

    [Fact]
    public async Task What_does_not_roll_up_or_has_nothing_below_is_not_explained_and_what_is_not_ones_own_is_not_there()
    {
        (await ntt.As("53.sekretaris").Get("/v1/satker/53/rollup/SP.01/explain?year=2024")).Refuses(404, "does-not-roll-up");
        (await ntt.As("53.sekretaris").Get("/v1/satker/53/rollup/AK.01/explain?year=2019")).Refuses(404, "year-not-open");
        (await ntt.As("5305.kul").Get("/v1/satker/5305/rollup/AK.01/explain?year=2024")).Refuses(404, "nothing-below");
        (await ntt.As("52.sekretaris").Get("/v1/satker/53/rollup/AK.01/explain?year=2024")).Refuses(404, "not-found");
        (await ntt.As("53.sekretaris").Get("/v1/satker/53/rollup/AK.01/explain?year=2024")).Is(200);
    }

    private async Task<JsonNode> Row(string path) =>
        Assert.Single((await ntt.As("53.sekretaris").Get(path)).Is(200).Json["items"]!.AsArray())!;
}
