namespace Kinerja.Domain.Tests;

/// <summary>
/// Every document of every unit of the three sorts of offices, in every state, with every act for every post: exactly
/// what the rules of sign-off allow is taken. The list is written from the rules in words, not from the table.
/// </summary>
public sealed class SignOffTableTests
{
    private const string Hash = "sha256:0";
    private static readonly DateTimeOffset At = new(2024, 12, 31, 9, 0, 0, TimeSpan.Zero);

    // The posts of the heads, each under the one above.
    private static readonly Units Kabupaten = Tree(
        "ketua", "ketua>sekretaris", "sekretaris>kul", "sekretaris>rendatin!", "sekretaris>hsdm", "sekretaris>tpph");

    private static readonly Units Provinsi = Tree(
        "ketua", "ketua>sekretaris", "sekretaris>rendatin!", "rendatin>ren", "rendatin>datin", "sekretaris>kul", "kul>keu", "kul>umlog",
        "sekretaris>tphsdm", "tphsdm>tphm", "tphsdm>hsdm");

    private static readonly Units Ri = Tree(
        "ketua", "ketua>sekjen", "sekjen>deputi-adm", "deputi-adm>biro-ren!", "deputi-adm>biro-keu", "sekjen>pusdatin");

    /// <summary>The lawful ways: office, document, unit, then each hand as act:post→state. An act of the parent's verifikator
    /// stands with a caret.</summary>
    private static readonly string[] Rules =
    [
        // A PK of the Ketua is a declaration; every other is signed by its head and countersigned by the head above.
        "kabupaten agreement ketua: sign:ketua→in-force",
        "kabupaten agreement sekretaris: sign:sekretaris→signed countersign:ketua→in-force",
        "kabupaten agreement kul: sign:kul→signed countersign:sekretaris→in-force",
        "kabupaten agreement rendatin: sign:rendatin→signed countersign:sekretaris→in-force",
        "kabupaten agreement hsdm: sign:hsdm→signed countersign:sekretaris→in-force",
        "kabupaten agreement tpph: sign:tpph→signed countersign:sekretaris→in-force",
        "provinsi agreement ketua: sign:ketua→in-force",
        "provinsi agreement sekretaris: sign:sekretaris→signed countersign:ketua→in-force",
        "provinsi agreement rendatin: sign:rendatin→signed countersign:sekretaris→in-force",
        "provinsi agreement ren: sign:ren→signed countersign:rendatin→in-force",
        "provinsi agreement datin: sign:datin→signed countersign:rendatin→in-force",
        "provinsi agreement kul: sign:kul→signed countersign:sekretaris→in-force",
        "provinsi agreement keu: sign:keu→signed countersign:kul→in-force",
        "provinsi agreement umlog: sign:umlog→signed countersign:kul→in-force",
        "provinsi agreement tphsdm: sign:tphsdm→signed countersign:sekretaris→in-force",
        "provinsi agreement tphm: sign:tphm→signed countersign:tphsdm→in-force",
        "provinsi agreement hsdm: sign:hsdm→signed countersign:tphsdm→in-force",
        "ri agreement ketua: sign:ketua→in-force",
        "ri agreement sekjen: sign:sekjen→signed countersign:ketua→in-force",
        "ri agreement deputi-adm: sign:deputi-adm→signed countersign:sekjen→in-force",
        "ri agreement biro-ren: sign:biro-ren→signed countersign:deputi-adm→in-force",
        "ri agreement biro-keu: sign:biro-keu→signed countersign:deputi-adm→in-force",
        "ri agreement pusdatin: sign:pusdatin→signed countersign:sekjen→in-force",

        // The report of the Sekretaris' and the Ketua's agreement is submitted by the planning head.
        "kabupaten report ketua: submit:rendatin→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted",
        "kabupaten report sekretaris: submit:rendatin→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted",
        "provinsi report ketua: submit:rendatin→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted",
        "provinsi report sekretaris: submit:rendatin→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted",
        "ri report ketua: submit:biro-ren→submitted verify:sekjen→verified approve:ketua→approved",
        "ri report sekjen: submit:biro-ren→submitted verify:sekjen→verified approve:ketua→approved",

        // The report of a unit is submitted by its head and verified by each head above; in provinces the Kabag first.
        "kabupaten report kul: submit:kul→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted",
        "kabupaten report rendatin: submit:rendatin→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted",
        "kabupaten report hsdm: submit:hsdm→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted",
        "kabupaten report tpph: submit:tpph→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted",
        "provinsi report rendatin: submit:rendatin→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted",
        "provinsi report kul: submit:kul→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted",
        "provinsi report tphsdm: submit:tphsdm→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted",
        "provinsi report ren: submit:ren→submitted verify:rendatin→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted",
        "provinsi report datin: submit:datin→submitted verify:rendatin→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted",
        "provinsi report keu: submit:keu→submitted verify:kul→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted",
        "provinsi report umlog: submit:umlog→submitted verify:kul→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted",
        "provinsi report tphm: submit:tphm→submitted verify:tphsdm→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted",
        "provinsi report hsdm: submit:hsdm→submitted verify:tphsdm→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted",
        "ri report deputi-adm: submit:deputi-adm→submitted verify:sekjen→verified approve:ketua→approved",
        "ri report biro-ren: submit:biro-ren→submitted verify:deputi-adm→submitted verify:sekjen→verified approve:ketua→approved",
        "ri report biro-keu: submit:biro-keu→submitted verify:deputi-adm→submitted verify:sekjen→verified approve:ketua→approved",
        "ri report pusdatin: submit:pusdatin→submitted verify:sekjen→verified approve:ketua→approved",
    ];

    [Fact]
    public void The_rules_name_every_document_of_every_unit_once()
    {
        var wanted = from office in new[] { "kabupaten", "provinsi", "ri" }
                     from document in new[] { "agreement", "report" }
                     from unit in UnitsOf(office).All
                     select $"{office} {document} {unit.Code}";

        Assert.Equal(wanted.Order(StringComparer.Ordinal), Rules.Select(rule => rule.Split(':')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Exactly_the_acts_of_the_rules_are_accepted()
    {
        foreach (var rule in Rules)
        {
            var (office, document, unit, hands) = Read(rule);
            Assert.Equal(Lawful(document, hands), Accepted(office, document, unit, hands));
        }
    }

    private static HashSet<string> Lawful(string document, List<(string Act, string Post, string State)> hands)
    {
        var lawful = new HashSet<string>();
        for (var done = 0; done <= hands.Count; done++)
        {
            var from = done == 0 ? "draft" : hands[done - 1].State;
            if (done < hands.Count)
            {
                lawful.Add($"{done} {from} {hands[done].Act} {hands[done].Post} {hands[done].State}");
            }

            // A reviewer returns at his step or later; a draft, and an agreement in force, are returned by nobody.
            if (done > 0 && !(document == "agreement" && from == "in-force"))
            {
                foreach (var reviewer in hands.Take(done + 1).Skip(1))
                {
                    lawful.Add($"{done} {from} return {reviewer.Post} draft");
                }
            }
        }

        return lawful;
    }

    private static HashSet<string> Accepted(
        string office, string document, string unit, List<(string Act, string Post, string State)> hands)
    {
        var units = UnitsOf(office);
        var parent = office == "ri" ? null : "parent";
        var found = units.Find(unit)!;
        var begun = SignOff.Begin(document == "agreement"
            ? SignOffTable.Agreement(units, found)
            : SignOffTable.Realization(units, found, hasParentOffice: parent is not null));
        var posts = units.All.Select(one => new Post("own", one.Code))
            .Concat(Post.BesideUnits.SelectMany(code => new[] { new Post("own", code), new Post("parent", code), new Post("stranger", code) }))
            .Append(new Post("parent", "sekretaris")).Append(new Post("parent", "ketua")).Append(new Post("stranger", "sekretaris")).ToList();
        var accepted = new HashSet<string>();
        var way = begun;
        for (var done = 0; done <= hands.Count; done++)
        {
            foreach (var act in Enum.GetValues<Act>())
            {
                foreach (var post in posts)
                {
                    var actor = new Actor($"holder of {post}", [new HeldPost(post, Capacity.Definitive)]);
                    if (SignOffDecider.Decide(new SignOffSubject("own", parent, Hash, way),
                        new WantedAct(act, post, Hash, [new Reason("x", "x")]), actor, At).Accepts(out var next, out _))
                    {
                        accepted.Add($"{done} {Word(way.State)} {Word(act)} {(post.Satker == "own" ? post.Code : $"{post.Satker}.{post.Code}")} {Word(next.State)}");
                    }
                }
            }

            if (done < hands.Count)
            {
                var post = hands[done].Post.Split('.') is [var satker, var code] ? new Post(satker, code) : new Post("own", hands[done].Post);
                Assert.True(SignOffDecider.Decide(new SignOffSubject("own", parent, Hash, way),
                    new WantedAct(Enum.Parse<Act>(hands[done].Act, ignoreCase: true), post, Hash, []),
                    new Actor($"holder of {post}", [new HeldPost(post, Capacity.Definitive)]), At).Accepts(out var further, out _),
                    $"{office} {document} {unit}: {hands[done]}");
                way = further;
            }
        }

        return accepted;
    }

    private static (string Office, string Document, string Unit, List<(string Act, string Post, string State)> Hands) Read(string rule)
    {
        var at = rule.IndexOf(": ", StringComparison.Ordinal);
        var names = rule[..at].Split(' ');
        return (names[0], names[1], names[2],
        [
            .. rule[(at + 2)..].Split(' ').Select(hand => hand.Split(':', '→'))
                .Select(hand => (hand[0], hand[1] == "^" ? "parent.verifikator" : hand[1], hand[2])),
        ]);
    }

    private static Units UnitsOf(string office) => office switch
    {
        "kabupaten" => Kabupaten,
        "provinsi" => Provinsi,
        _ => Ri,
    };

    // "parent>code", with "!" behind the planning unit. The level plays no part in who signs.
    private static Units Tree(params string[] units) => new([.. units.Select(unit => unit.TrimEnd('!').Split('>') is [var parent, var code]
        ? new Unit(code, parent, AgreementLevel.Subbagian, code, unit.EndsWith('!') ? [Unit.Planning] : [])
        : new Unit(unit, null, AgreementLevel.Ketua, unit, []))]);

    private static string Word<T>(T word)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName($"{word}");
}
