using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Kinerja.Benchmarks
{
    /// <summary>
    /// How much a server has allocated, asked from outside: the runtime loads this program into the server by
    /// <c>DOTNET_STARTUP_HOOKS</c>, so that the server itself knows nothing of it. Both sides of a comparison carry it.
    /// </summary>
    internal static class Gauge
    {
        /// <summary>Names the socket the process answers on.</summary>
        public const string Variable = "KINERJA_BENCH_GAUGE";

        public static void Serve(string path)
        {
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen();
            while (true)
            {
                using var client = listener.Accept();
                client.Send(Encoding.ASCII.GetBytes(
                    GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture)));
            }
        }

        /// <summary>Bytes allocated since the process began.</summary>
        public static async Task<long> Read(string path)
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
            using var stream = new StreamReader(new NetworkStream(socket));
            return long.Parse(await stream.ReadToEndAsync(), CultureInfo.InvariantCulture);
        }
    }
}

/// <summary>What the runtime calls before a server's own beginning; it looks for this name outside any namespace.</summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Kinerja.Benchmarks.Gauge.Variable) is { } path)
        {
            new Thread(() => Kinerja.Benchmarks.Gauge.Serve(path)) { IsBackground = true }.Start();
        }
    }
}
