using System.Globalization;
using Npgsql;

namespace Kinerja.Benchmarks;

/// <summary>What a process has used, from <c>/proc</c>.</summary>
internal static class Meter
{
    private const double TicksPerSecond = 100; // USER_HZ, fixed in the kernel's interface
    private const int Parent = 1;
    private const int UserTime = 11;

    /// <summary>CPU seconds of a process.</summary>
    public static double Cpu(int process) => Cpu(Fields(process), withReaped: false);

    /// <summary>CPU seconds of a PostgreSQL server: of the postmaster, its children, and those that have ended.</summary>
    public static double CpuOfServer(int postmaster) => Cpu(Fields(postmaster), withReaped: true) + Directory.EnumerateDirectories("/proc")
        .Select(Path.GetFileName).Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .Select(name => Fields(int.Parse(name!, CultureInfo.InvariantCulture)))
        .Where(fields => fields.Length > Parent && fields[Parent] == postmaster.ToString(CultureInfo.InvariantCulture))
        .Sum(fields => Cpu(fields, withReaped: false));

    /// <summary>The postmaster of the server a connection leads to: the parent of its backend.</summary>
    public static async Task<int> PostmasterOf(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var query = source.CreateCommand("select pg_backend_pid()");
        return int.Parse(Fields((int)(await query.ExecuteScalarAsync())!)[Parent], CultureInfo.InvariantCulture);
    }

    /// <summary>Resident memory in megabytes.</summary>
    public static double Resident(int process) => double.Parse(
        File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    private static double Cpu(string[] fields, bool withReaped) => fields.Skip(UserTime).Take(withReaped ? 4 : 2)
        .Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond;

    // The fields after the name, which may itself hold spaces; none when the process has ended meanwhile.
    private static string[] Fields(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }
}
