using System.Text.RegularExpressions;

namespace Kinerja.Api.Tests;

/// <summary>A rule that SQL needs stands in one place.</summary>
public sealed partial class StandsOnceTests
{
    private const string Locks = "functions/02_locks.sql";
    private static readonly List<SqlFile> Every = [.. Schema.OfThisBuild.Steps, .. Schema.OfThisBuild.Functions];

    [Fact]
    public void Every_function_is_made_once()
    {
        var made = Every.SelectMany(file => Made().Matches(file.Sql)).Select(one => Spaces().Replace(one.Groups["signature"].Value, " ")).ToList();

        Assert.Contains("holds(p_from date, p_until date, p_day date)", made);
        Assert.Equal(made.Distinct(), made);
    }

    [Fact]
    public void A_lock_is_taken_by_its_name_and_no_number_stands_twice()
    {
        Assert.Equal([Locks], Every.Where(file => Taken().IsMatch(file.Sql)).Select(file => file.Name));

        var table = Numbered().Matches(Every.Single(file => file.Name == Locks).Sql)
            .ToDictionary(row => row.Groups["number"].Value, row => row.Groups["names"].Value.Split(", ").Order(StringComparer.Ordinal));
        var taken = Lock().Matches(Every.Single(file => file.Name == Locks).Sql)
            .GroupBy(one => one.Groups["number"].Value, one => one.Groups["name"].Value)
            .ToDictionary(number => number.Key, number => number.Order(StringComparer.Ordinal));
        Assert.NotEmpty(table);
        Assert.Equal(table.Keys.Order(StringComparer.Ordinal), taken.Keys.Order(StringComparer.Ordinal));
        Assert.All(table, row => Assert.Equal(row.Value, taken[row.Key]));
    }

    [Fact]
    public void Whether_something_holds_on_a_day_is_asked_by_name() =>
        Assert.Empty(Every.Where(file => Interval().IsMatch(file.Sql)).Select(file => file.Name));

    [GeneratedRegex(@"^create (or replace )?(function|procedure|aggregate) (?<signature>\w+\s*\([^)]*\))", RegexOptions.Multiline)]
    private static partial Regex Made();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("pg_(try_)?advisory_")]
    private static partial Regex Taken();

    [GeneratedRegex(@"^-- +(?<number>\d+)  (?<names>\w+(, \w+)*)  ", RegexOptions.Multiline)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"function (?<name>\w+)\([^)]*\) returns \w+ language sql as\s+\$\$ select pg_(try_)?advisory_xact_lock(_shared)?\((hashtextextended\(.+, )?(?<number>\d+)\)+ \$\$")]
    private static partial Regex Lock();

    [GeneratedRegex(@"valid_from <= \S+\s+and \S+ < (\w+\.)?valid_until")]
    private static partial Regex Interval();
}
