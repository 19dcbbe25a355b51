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
        "ketua", "ketua>sekretaris", "sekretaris>kul$", "sekretaris>rendatin!", "sekretaris>hsdm", "sekretaris>tpph");

    private static readonly Units Provinsi = Tree(
        "ketua", "ketua>sekretaris", "sekretaris>rendatin!", "rendatin>ren", "rendatin>datin", "sekretaris>kul$", "kul>keu", "kul>umlog",
        "sekretaris>tphsdm", "tphsdm>tphm", "tphsdm>hsdm");

    private static readonly Units Ri = Tree(
        "ketua", "ketua>sekjen", "sekjen>deputi-adm", "deputi-adm>biro-ren!", "deputi-adm>biro-keu$", "sekjen>pusdatin");

    /// <summary>
    /// The lawful ways: office, document, unit, then each hand as act:post→state; behind the bar what may be done beside the
    /// way, as act:post@states→state. A caret is the parent's verifikator, a slash another post that may do it as well.
    /// </summary>
    private static readonly string[] Rules =
    [
        // A PK of the Ketua is a declaration; every other is signed by its head and countersigned by the head above. It is amended
        // by who drafts it, revoked by who approved it, and seen by the parent.
        "kabupaten agreement-of-ketua ketua: sign:ketua→in-force | amend:operator@in-force amend:ketua@in-force revoke:ketua@in-force→revoked note:^@in-force revoke:operator@draft→revoked revoke:ketua@draft→revoked",
        "kabupaten agreement-of-unit sekretaris: sign:sekretaris→signed countersign:ketua→in-force | amend:operator@in-force amend:sekretaris@in-force revoke:ketua@in-force→revoked note:^@in-force revoke:operator@draft→revoked revoke:sekretaris@draft→revoked",
        "kabupaten agreement-of-unit kul: sign:kul→signed countersign:sekretaris→in-force | amend:operator@in-force amend:kul@in-force revoke:sekretaris@in-force→revoked note:^@in-force revoke:operator@draft→revoked revoke:kul@draft→revoked",
        "kabupaten agreement-of-unit rendatin: sign:rendatin→signed countersign:sekretaris→in-force | amend:operator@in-force amend:rendatin@in-force revoke:sekretaris@in-force→revoked note:^@in-force revoke:operator@draft→revoked revoke:rendatin@draft→revoked",
        "kabupaten agreement-of-unit hsdm: sign:hsdm→signed countersign:sekretaris→in-force | amend:operator@in-force amend:hsdm@in-force revoke:sekretaris@in-force→revoked note:^@in-force revoke:operator@draft→revoked revoke:hsdm@draft→revoked",
        "kabupaten agreement-of-unit tpph: sign:tpph→signed countersign:sekretaris→in-force | amend:operator@in-force amend:tpph@in-force revoke:sekretaris@in-force→revoked note:^@in-force revoke:operator@draft→revoked revoke:tpph@draft→revoked",
        "provinsi agreement-of-ketua ketua: sign:ketua→in-force | amend:operator@in-force amend:ketua@in-force revoke:ketua@in-force→revoked note:^@in-force revoke:operator@draft→revoked revoke:ketua@draft→revoked",
        "provinsi agreement-of-unit sekretaris: sign:sekretaris→signed countersign:ketua→in-force | amend:operator@in-force amend:sekretaris@in-force revoke:ketua@in-force→revoked note:^@in-force revoke:operator@draft→revoked revoke:sekretaris@draft→revoked",
        "provinsi agreement-of-unit rendatin: sign:rendatin→signed countersign:sekretaris→in-force | amend:operator@in-force amend:rendatin@in-force revoke:sekretaris@in-force→revoked note:^@in-force revoke:operator@draft→revoked revoke:rendatin@draft→revoked",
        "provinsi agreement-of-unit ren: sign:ren→signed countersign:rendatin→in-force | amend:operator@in-force amend:ren@in-force revoke:rendatin@in-force→revoked note:^@in-force revoke:operator@draft→revoked revoke:ren@draft→revoked",
        "provinsi agreement-of-unit datin: sign:datin→signed countersign:rendatin→in-force | amend:operator@in-force amend:datin@in-force revoke:rendatin@in-force→revoked note:^@in-force revoke:operator@draft→revoked revoke:datin@draft→revoked",
        "provinsi agreement-of-unit kul: sign:kul→signed countersign:sekretaris→in-force | amend:operator@in-force amend:kul@in-force revoke:sekretaris@in-force→revoked note:^@in-force revoke:operator@draft→revoked revoke:kul@draft→revoked",
        "provinsi agreement-of-unit keu: sign:keu→signed countersign:kul→in-force | amend:operator@in-force amend:keu@in-force revoke:kul@in-force→revoked note:^@in-force revoke:operator@draft→revoked revoke:keu@draft→revoked",
        "provinsi agreement-of-unit umlog: sign:umlog→signed countersign:kul→in-force | amend:operator@in-force amend:umlog@in-force revoke:kul@in-force→revoked note:^@in-force revoke:operator@draft→revoked revoke:umlog@draft→revoked",
        "provinsi agreement-of-unit tphsdm: sign:tphsdm→signed countersign:sekretaris→in-force | amend:operator@in-force amend:tphsdm@in-force revoke:sekretaris@in-force→revoked note:^@in-force revoke:operator@draft→revoked revoke:tphsdm@draft→revoked",
        "provinsi agreement-of-unit tphm: sign:tphm→signed countersign:tphsdm→in-force | amend:operator@in-force amend:tphm@in-force revoke:tphsdm@in-force→revoked note:^@in-force revoke:operator@draft→revoked revoke:tphm@draft→revoked",
        "provinsi agreement-of-unit hsdm: sign:hsdm→signed countersign:tphsdm→in-force | amend:operator@in-force amend:hsdm@in-force revoke:tphsdm@in-force→revoked note:^@in-force revoke:operator@draft→revoked revoke:hsdm@draft→revoked",
        "ri agreement-of-ketua ketua: sign:ketua→in-force | amend:operator@in-force amend:ketua@in-force revoke:ketua@in-force→revoked revoke:operator@draft→revoked revoke:ketua@draft→revoked",
        "ri agreement-of-unit sekjen: sign:sekjen→signed countersign:ketua→in-force | amend:operator@in-force amend:sekjen@in-force revoke:ketua@in-force→revoked revoke:operator@draft→revoked revoke:sekjen@draft→revoked",
        "ri agreement-of-unit deputi-adm: sign:deputi-adm→signed countersign:sekjen→in-force | amend:operator@in-force amend:deputi-adm@in-force revoke:sekjen@in-force→revoked revoke:operator@draft→revoked revoke:deputi-adm@draft→revoked",
        "ri agreement-of-unit biro-ren: sign:biro-ren→signed countersign:deputi-adm→in-force | amend:operator@in-force amend:biro-ren@in-force revoke:deputi-adm@in-force→revoked revoke:operator@draft→revoked revoke:biro-ren@draft→revoked",
        "ri agreement-of-unit biro-keu: sign:biro-keu→signed countersign:deputi-adm→in-force | amend:operator@in-force amend:biro-keu@in-force revoke:deputi-adm@in-force→revoked revoke:operator@draft→revoked revoke:biro-keu@draft→revoked",
        "ri agreement-of-unit pusdatin: sign:pusdatin→signed countersign:sekjen→in-force | amend:operator@in-force amend:pusdatin@in-force revoke:sekjen@in-force→revoked revoke:operator@draft→revoked revoke:pusdatin@draft→revoked",

        // The report of the Sekretaris' and the Ketua's agreement is submitted by the planning head. RI has nobody to accept.
        "kabupaten realization-of-sekretaris-or-ketua ketua: submit:rendatin→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | revoke:operator@draft→revoked revoke:rendatin@draft→revoked revoke:ketua@draft→revoked",
        "kabupaten realization-of-sekretaris-or-ketua sekretaris: submit:rendatin→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | revoke:operator@draft→revoked revoke:rendatin@draft→revoked revoke:sekretaris@draft→revoked",
        "provinsi realization-of-sekretaris-or-ketua ketua: submit:rendatin→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | revoke:operator@draft→revoked revoke:rendatin@draft→revoked revoke:ketua@draft→revoked",
        "provinsi realization-of-sekretaris-or-ketua sekretaris: submit:rendatin→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | revoke:operator@draft→revoked revoke:rendatin@draft→revoked revoke:sekretaris@draft→revoked",
        "ri realization-of-sekretaris-or-ketua ketua: submit:biro-ren→submitted verify:sekjen→verified approve:ketua→approved | revoke:operator@draft→revoked revoke:biro-ren@draft→revoked revoke:ketua@draft→revoked",
        "ri realization-of-sekretaris-or-ketua sekjen: submit:biro-ren→submitted verify:sekjen→verified approve:ketua→approved | revoke:operator@draft→revoked revoke:biro-ren@draft→revoked revoke:sekjen@draft→revoked",

        // The report of a unit is submitted by its head and verified by each head above; in provinces the Kabag first.
        "kabupaten realization-of-unit kul: submit:kul→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | revoke:operator@draft→revoked revoke:kul@draft→revoked",
        "kabupaten realization-of-unit rendatin: submit:rendatin→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | revoke:operator@draft→revoked revoke:rendatin@draft→revoked",
        "kabupaten realization-of-unit hsdm: submit:hsdm→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | revoke:operator@draft→revoked revoke:hsdm@draft→revoked",
        "kabupaten realization-of-unit tpph: submit:tpph→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | revoke:operator@draft→revoked revoke:tpph@draft→revoked",
        "provinsi realization-of-unit rendatin: submit:rendatin→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | revoke:operator@draft→revoked revoke:rendatin@draft→revoked",
        "provinsi realization-of-unit ren: submit:ren→submitted verify:rendatin→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | revoke:operator@draft→revoked revoke:ren@draft→revoked",
        "provinsi realization-of-unit datin: submit:datin→submitted verify:rendatin→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | revoke:operator@draft→revoked revoke:datin@draft→revoked",
        "provinsi realization-of-unit kul: submit:kul→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | revoke:operator@draft→revoked revoke:kul@draft→revoked",
        "provinsi realization-of-unit keu: submit:keu→submitted verify:kul→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | revoke:operator@draft→revoked revoke:keu@draft→revoked",
        "provinsi realization-of-unit umlog: submit:umlog→submitted verify:kul→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | revoke:operator@draft→revoked revoke:umlog@draft→revoked",
        "provinsi realization-of-unit tphsdm: submit:tphsdm→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | revoke:operator@draft→revoked revoke:tphsdm@draft→revoked",
        "provinsi realization-of-unit tphm: submit:tphm→submitted verify:tphsdm→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | revoke:operator@draft→revoked revoke:tphm@draft→revoked",
        "provinsi realization-of-unit hsdm: submit:hsdm→submitted verify:tphsdm→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | revoke:operator@draft→revoked revoke:hsdm@draft→revoked",
        "ri realization-of-unit deputi-adm: submit:deputi-adm→submitted verify:sekjen→verified approve:ketua→approved | revoke:operator@draft→revoked revoke:deputi-adm@draft→revoked",
        "ri realization-of-unit biro-ren: submit:biro-ren→submitted verify:deputi-adm→submitted verify:sekjen→verified approve:ketua→approved | revoke:operator@draft→revoked revoke:biro-ren@draft→revoked",
        "ri realization-of-unit biro-keu: submit:biro-keu→submitted verify:deputi-adm→submitted verify:sekjen→verified approve:ketua→approved | revoke:operator@draft→revoked revoke:biro-keu@draft→revoked",
        "ri realization-of-unit pusdatin: submit:pusdatin→submitted verify:sekjen→verified approve:ketua→approved | revoke:operator@draft→revoked revoke:pusdatin@draft→revoked",

        // DIPA awal and what DJA, Dit. PA or Kanwil approved is recorded by the KPA; what is his alone he approves. The parent notes.
        "kabupaten budget-by-authority sekretaris: submit:kul/rendatin→submitted record:sekretaris→in-force | note:^@in-force revoke:operator@draft→revoked revoke:kul@draft→revoked revoke:rendatin@draft→revoked",
        "kabupaten budget-by-kpa sekretaris: submit:kul/rendatin→submitted approve:sekretaris→in-force | note:^@in-force revoke:operator@draft→revoked revoke:kul@draft→revoked revoke:rendatin@draft→revoked",
        "provinsi budget-by-authority sekretaris: submit:kul/rendatin→submitted record:sekretaris→in-force | note:^@in-force revoke:operator@draft→revoked revoke:kul@draft→revoked revoke:rendatin@draft→revoked",
        "provinsi budget-by-kpa sekretaris: submit:kul/rendatin→submitted approve:sekretaris→in-force | note:^@in-force revoke:operator@draft→revoked revoke:kul@draft→revoked revoke:rendatin@draft→revoked",
        "ri budget-by-authority sekjen: submit:biro-keu/biro-ren→submitted record:sekjen→in-force | revoke:operator@draft→revoked revoke:biro-keu@draft→revoked revoke:biro-ren@draft→revoked",
        "ri budget-by-kpa sekjen: submit:biro-keu/biro-ren→submitted approve:sekjen→in-force | revoke:operator@draft→revoked revoke:biro-keu@draft→revoked revoke:biro-ren@draft→revoked",

        // Renstra and RKT of the office are accepted by the parent, and amended.
        "kabupaten strategic-plan ketua: submit:rendatin→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | amend:rendatin@accepted revoke:operator@draft→revoked revoke:rendatin@draft→revoked",
        "kabupaten annual-plan-of-office ketua: submit:rendatin→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | amend:rendatin@accepted revoke:operator@draft→revoked revoke:rendatin@draft→revoked",
        "provinsi strategic-plan ketua: submit:rendatin→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | amend:rendatin@accepted revoke:operator@draft→revoked revoke:rendatin@draft→revoked",
        "provinsi annual-plan-of-office ketua: submit:rendatin→submitted verify:sekretaris→verified approve:ketua→approved accept:^→accepted | amend:rendatin@accepted revoke:operator@draft→revoked revoke:rendatin@draft→revoked",
        "ri strategic-plan ketua: submit:biro-ren→submitted verify:sekjen→verified approve:ketua→approved | amend:biro-ren@approved revoke:operator@draft→revoked revoke:biro-ren@draft→revoked",
        "ri annual-plan-of-office ketua: submit:biro-ren→submitted verify:sekjen→verified approve:ketua→approved | amend:biro-ren@approved revoke:operator@draft→revoked revoke:biro-ren@draft→revoked",

        // RKT of the secretariat and the action plan are the Sekretaris' to approve, the office's plan the Ketua's.
        "kabupaten annual-plan-of-secretariat sekretaris: submit:rendatin→submitted approve:sekretaris→approved | amend:rendatin@approved revoke:operator@draft→revoked revoke:rendatin@draft→revoked",
        "kabupaten action-plan-of-secretariat sekretaris: submit:rendatin→submitted approve:sekretaris→approved | amend:rendatin@approved revoke:operator@draft→revoked revoke:rendatin@draft→revoked",
        "kabupaten action-plan-of-office ketua: submit:rendatin→submitted approve:ketua→approved | amend:rendatin@approved revoke:operator@draft→revoked revoke:rendatin@draft→revoked",
        "provinsi annual-plan-of-secretariat sekretaris: submit:rendatin→submitted approve:sekretaris→approved | amend:rendatin@approved revoke:operator@draft→revoked revoke:rendatin@draft→revoked",
        "provinsi action-plan-of-secretariat sekretaris: submit:rendatin→submitted approve:sekretaris→approved | amend:rendatin@approved revoke:operator@draft→revoked revoke:rendatin@draft→revoked",
        "provinsi action-plan-of-office ketua: submit:rendatin→submitted approve:ketua→approved | amend:rendatin@approved revoke:operator@draft→revoked revoke:rendatin@draft→revoked",
        "ri annual-plan-of-secretariat sekjen: submit:biro-ren→submitted approve:sekjen→approved | amend:biro-ren@approved revoke:operator@draft→revoked revoke:biro-ren@draft→revoked",
        "ri action-plan-of-secretariat sekjen: submit:biro-ren→submitted approve:sekjen→approved | amend:biro-ren@approved revoke:operator@draft→revoked revoke:biro-ren@draft→revoked",
        "ri action-plan-of-office ketua: submit:biro-ren→submitted approve:ketua→approved | amend:biro-ren@approved revoke:operator@draft→revoked revoke:biro-ren@draft→revoked",

        // RKT of a bagian or subbagian is submitted by its head, verified by each head between, and approved by the Sekretaris.
        "kabupaten annual-plan-of-unit kul: submit:kul→submitted approve:sekretaris→approved | amend:kul@approved revoke:operator@draft→revoked revoke:kul@draft→revoked",
        "kabupaten annual-plan-of-unit rendatin: submit:rendatin→submitted approve:sekretaris→approved | amend:rendatin@approved revoke:operator@draft→revoked revoke:rendatin@draft→revoked",
        "kabupaten annual-plan-of-unit hsdm: submit:hsdm→submitted approve:sekretaris→approved | amend:hsdm@approved revoke:operator@draft→revoked revoke:hsdm@draft→revoked",
        "kabupaten annual-plan-of-unit tpph: submit:tpph→submitted approve:sekretaris→approved | amend:tpph@approved revoke:operator@draft→revoked revoke:tpph@draft→revoked",
        "provinsi annual-plan-of-unit rendatin: submit:rendatin→submitted approve:sekretaris→approved | amend:rendatin@approved revoke:operator@draft→revoked revoke:rendatin@draft→revoked",
        "provinsi annual-plan-of-unit ren: submit:ren→submitted verify:rendatin→verified approve:sekretaris→approved | amend:ren@approved revoke:operator@draft→revoked revoke:ren@draft→revoked",
        "provinsi annual-plan-of-unit datin: submit:datin→submitted verify:rendatin→verified approve:sekretaris→approved | amend:datin@approved revoke:operator@draft→revoked revoke:datin@draft→revoked",
        "provinsi annual-plan-of-unit kul: submit:kul→submitted approve:sekretaris→approved | amend:kul@approved revoke:operator@draft→revoked revoke:kul@draft→revoked",
        "provinsi annual-plan-of-unit keu: submit:keu→submitted verify:kul→verified approve:sekretaris→approved | amend:keu@approved revoke:operator@draft→revoked revoke:keu@draft→revoked",
        "provinsi annual-plan-of-unit umlog: submit:umlog→submitted verify:kul→verified approve:sekretaris→approved | amend:umlog@approved revoke:operator@draft→revoked revoke:umlog@draft→revoked",
        "provinsi annual-plan-of-unit tphsdm: submit:tphsdm→submitted approve:sekretaris→approved | amend:tphsdm@approved revoke:operator@draft→revoked revoke:tphsdm@draft→revoked",
        "provinsi annual-plan-of-unit tphm: submit:tphm→submitted verify:tphsdm→verified approve:sekretaris→approved | amend:tphm@approved revoke:operator@draft→revoked revoke:tphm@draft→revoked",
        "provinsi annual-plan-of-unit hsdm: submit:hsdm→submitted verify:tphsdm→verified approve:sekretaris→approved | amend:hsdm@approved revoke:operator@draft→revoked revoke:hsdm@draft→revoked",
        "ri annual-plan-of-unit deputi-adm: submit:deputi-adm→submitted approve:sekjen→approved | amend:deputi-adm@approved revoke:operator@draft→revoked revoke:deputi-adm@draft→revoked",
        "ri annual-plan-of-unit biro-ren: submit:biro-ren→submitted verify:deputi-adm→verified approve:sekjen→approved | amend:biro-ren@approved revoke:operator@draft→revoked revoke:biro-ren@draft→revoked",
        "ri annual-plan-of-unit biro-keu: submit:biro-keu→submitted verify:deputi-adm→verified approve:sekjen→approved | amend:biro-keu@approved revoke:operator@draft→revoked revoke:biro-keu@draft→revoked",
        "ri annual-plan-of-unit pusdatin: submit:pusdatin→submitted approve:sekjen→approved | amend:pusdatin@approved revoke:operator@draft→revoked revoke:pusdatin@draft→revoked",

        // The LKj is signed, then published by who signed it; the parent notes.
        "kabupaten performance-report-of-office ketua: submit:rendatin→submitted verify:sekretaris→verified sign:ketua→signed publish:ketua→published | note:^@published revoke:operator@draft→revoked revoke:rendatin@draft→revoked",
        "kabupaten performance-report-of-secretariat sekretaris: submit:rendatin→submitted sign:sekretaris→signed publish:sekretaris→published | note:^@published revoke:operator@draft→revoked revoke:rendatin@draft→revoked",
        "provinsi performance-report-of-office ketua: submit:rendatin→submitted verify:sekretaris→verified sign:ketua→signed publish:ketua→published | note:^@published revoke:operator@draft→revoked revoke:rendatin@draft→revoked",
        "provinsi performance-report-of-secretariat sekretaris: submit:rendatin→submitted sign:sekretaris→signed publish:sekretaris→published | note:^@published revoke:operator@draft→revoked revoke:rendatin@draft→revoked",
        "ri performance-report-of-office ketua: submit:biro-ren→submitted verify:sekjen→verified sign:ketua→signed publish:ketua→published | revoke:operator@draft→revoked revoke:biro-ren@draft→revoked",
        "ri performance-report-of-secretariat sekjen: submit:biro-ren→submitted sign:sekjen→signed publish:sekjen→published | revoke:operator@draft→revoked revoke:biro-ren@draft→revoked",

        // An evaluation is the inspector's and final by the head of the evaluating office; the evaluated office comments.
        "kabupaten evaluation-by-parent ketua: submit:parent.inspektur→submitted approve:parent.ketua→final | comment:sekretaris@submitted,final comment:ketua@submitted,final revoke:parent.inspektur@draft→revoked",
        "kabupaten evaluation-by-ri ketua: submit:ri.inspektur→submitted approve:ri.ketua→final | comment:sekretaris@submitted,final comment:ketua@submitted,final revoke:ri.inspektur@draft→revoked",
        "provinsi evaluation-by-parent ketua: submit:parent.inspektur→submitted approve:parent.ketua→final | comment:sekretaris@submitted,final comment:ketua@submitted,final revoke:parent.inspektur@draft→revoked",
        "ri evaluation-by-own ketua: submit:inspektur→submitted approve:ketua→final | comment:sekjen@submitted,final comment:ketua@submitted,final revoke:inspektur@draft→revoked",
    ];

    [Fact]
    public void The_rules_name_every_kind_of_document_for_every_sort_of_office()
    {
        var named = Rules.Select(Read).Select(rule => (rule.Office, rule.Document)).ToHashSet();

        Assert.Equal(3 * Enum.GetValues<SignedDocument>().Length, named.Count);
        Assert.Equal(Rules.Length, Rules.Select(rule => rule.Split(':')[0]).Distinct().Count());
    }

    [Theory]
    [InlineData("kabupaten")]
    [InlineData("provinsi")]
    [InlineData("ri")]
    public void The_rules_name_the_agreement_and_the_report_of_every_unit(string office)
    {
        var rules = Rules.Select(Read).Where(rule => rule.Office == office).ToList();

        foreach (var name in new[] { "Agreement", "Realization" })
        {
            Assert.Equal(UnitsOf(office).All.Select(unit => unit.Code).Order(StringComparer.Ordinal),
                rules.Where(rule => $"{rule.Document}".StartsWith(name, StringComparison.Ordinal)).Select(rule => rule.Unit)
                    .Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Exactly_the_acts_of_the_rules_are_accepted()
    {
        foreach (var text in Rules)
        {
            var rule = Read(text);
            var way = Begin(rule);
            for (var done = 0; done <= rule.Hands.Count; done++)
            {
                Same(text, Lawful(rule, done), Accepted(rule, way));
                way = done < rule.Hands.Count ? Do(rule, way, rule.Hands[done]) : way;
            }

            // Nothing is lawful upon what is superseded or revoked.
            Assert.Empty(Accepted(rule, way with { State = State.Superseded }));
            Assert.Empty(Accepted(rule, way with { State = State.Revoked }));
        }
    }

    [Fact]
    public void The_agreement_and_report_of_a_unit_are_the_kinds_its_place_makes_them()
    {
        foreach (var rule in Rules.Select(Read))
        {
            var units = UnitsOf(rule.Office);
            var begun = rule.Document switch
            {
                SignedDocument.AgreementOfKetua or SignedDocument.AgreementOfUnit =>
                    SignOffTable.Agreement(units, units.Find(rule.Unit)!, rule.Office != "ri"),
                SignedDocument.RealizationOfUnit or SignedDocument.RealizationOfSekretarisOrKetua =>
                    SignOffTable.Realization(units, units.Find(rule.Unit)!, rule.Office != "ri"),
                _ => null,
            };
            if (begun is not null)
            {
                Assert.Equal(Begin(rule).Steps, begun.Steps);
            }
        }
    }

    /// <summary>What the rule allows where so many hands have acted: act, post and the state that follows.</summary>
    private static HashSet<string> Lawful(Rule rule, int done)
    {
        var lawful = new HashSet<string>();
        var from = done == 0 ? "draft" : rule.Hands[done - 1].State;
        if (done < rule.Hands.Count)
        {
            lawful.UnionWith(rule.Hands[done].Posts.Select(post => $"{rule.Hands[done].Act} {post} {rule.Hands[done].State}"));
        }

        // A reviewer returns at his step or later; a draft, and what binds, is published or final, are returned by nobody.
        if (done > 0 && from is not ("in-force" or "published" or "final"))
        {
            lawful.UnionWith(rule.Hands.Take(done + 1).Skip(1).Select(reviewer => $"return {reviewer.Posts[0]} draft"));
        }

        lawful.UnionWith(from aside in rule.Asides where aside.From.Contains(@from) select $"{aside.Act} {aside.Post} {aside.To ?? @from}");
        return lawful;
    }

    /// <summary>What the decider takes of every act for every post, each post in other hands.</summary>
    private static HashSet<string> Accepted(Rule rule, SignOff way)
    {
        var accepted = new HashSet<string>();
        var posts = AllPosts(rule.Office);
        var subject = Subject(rule.Office, way, posts);
        foreach (var act in Enum.GetValues<Act>())
        {
            foreach (var post in posts)
            {
                if (SignOffDecider.Decide(subject, new WantedAct(act, post, Hash, [new Reason("x", "x")]), HolderOf(post), At)
                    .Accepts(out var next, out _))
                {
                    accepted.Add($"{Words.Of(act)} {Short(post)} {Words.Of(next.State)}");
                }
            }
        }

        return accepted;
    }

    private static SignOff Do(Rule rule, SignOff way, Hand hand)
    {
        var post = Long(hand.Posts[0]);
        var decision = SignOffDecider.Decide(Subject(rule.Office, way, [post]),
            new WantedAct(Words.Read<Act>(hand.Act), post, Hash, []), HolderOf(post), At);
        Assert.True(decision.Accepts(out var next, out var refusal), $"{rule} {hand}: {refusal?.Code}");
        return next;
    }

    private static SignOff Begin(Rule rule)
    {
        var units = UnitsOf(rule.Office);
        (string, Units)? evaluator = rule.Evaluator is null ? null
            : (rule.Evaluator, rule.Evaluator == "parent" && rule.Office == "kabupaten" ? Provinsi : Ri);
        return SignOffTable.Begin(rule.Document, units, units.Find(rule.Unit)!, hasParentOffice: rule.Office != "ri", evaluator);
    }

    private static SignOffSubject Subject(string office, SignOff way, IEnumerable<Post> posts) => new(
        "own", office == "ri" ? null : "parent", Hash, way, [.. posts.Select(post => new Holder(post, $"holder of {post}", Capacity.Definitive))]);

    private static Actor HolderOf(Post post) => new($"holder of {post}", [new HeldPost(post, Capacity.Definitive)]);

    /// <summary>Every post of the office, and the posts of its parent, of RI and of a stranger that might meddle.</summary>
    private static List<Post> AllPosts(string office) =>
    [
        .. UnitsOf(office).All.Select(unit => new Post("own", unit.Code)),
        .. Post.BesideUnits.Select(code => new Post("own", code)),
        .. from other in new[] { "parent", "ri", "stranger" }
           from code in Post.BesideUnits.Concat(["ketua", "sekretaris", "sekjen", "rendatin"])
           select new Post(other, code),
    ];

    private static void Same(string rule, HashSet<string> lawful, HashSet<string> accepted) =>
        Assert.True(lawful.SetEquals(accepted),
            $"{rule}\n  lawful:   {string.Join(", ", lawful.Order(StringComparer.Ordinal))}\n  accepted: {string.Join(", ", accepted.Order(StringComparer.Ordinal))}");

    private static string Short(Post post) => post.Satker == "own" ? post.Code : $"{post}";

    private static Post Long(string post) => post.Split('.') is [var satker, var code] ? new Post(satker, code) : new Post("own", post);

    private sealed record Hand(string Act, string[] Posts, string State);

    private sealed record Beside(string Act, string Post, string[] From, string? To);

    private sealed record Rule(
        string Office, SignedDocument Document, string? Evaluator, string Unit, List<Hand> Hands, List<Beside> Asides);

    private static Rule Read(string text)
    {
        var at = text.IndexOf(": ", StringComparison.Ordinal);
        var (names, parts) = (text[..at].Split(' '), text[(at + 2)..].Split(" | "));
        var document = names[1].Split("-by-");
        var isEvaluation = document[0] == "evaluation";
        return new Rule(names[0], Words.Read<SignedDocument>(isEvaluation ? document[0] : names[1]), isEvaluation ? document[1] : null,
            names[2],
            [.. parts[0].Split(' ').Select(hand => hand.Split(':', '→')).Select(hand => new Hand(hand[0], [.. hand[1].Split('/').Select(Seat)], hand[2]))],
            [
                .. parts.Skip(1).SelectMany(asides => asides.Split(' ')).Select(aside => aside.Split(':', '@', '→'))
                    .Select(aside => new Beside(aside[0], Seat(aside[1]), aside[2].Split(','), aside.ElementAtOrDefault(3))),
            ]);
    }

    private static string Seat(string post) => post == "^" ? "parent.verifikator" : post;

    private static Units UnitsOf(string office) => office switch
    {
        "kabupaten" => Kabupaten,
        "provinsi" => Provinsi,
        _ => Ri,
    };

    // "parent>code", with "!" behind the planning unit and "$" behind the finance unit. The level plays no part in who signs.
    private static Units Tree(params string[] units) => new([.. units.Select(unit => unit.TrimEnd('!', '$').Split('>') is [var parent, var code]
        ? new Unit(code, parent, AgreementLevel.Subbagian, code,
            unit.EndsWith('!') ? [Unit.Planning] : unit.EndsWith('$') ? [Unit.Finance] : [])
        : new Unit(unit, null, AgreementLevel.Ketua, unit, []))]);
}
