using System.Net;
using System.Net.Sockets;

namespace Kinerja.Api.Tests;

/// <summary>A network that cuts connections, at random: in the middle of a request, when it has been handed over, or at the first
/// byte of its answer; and now and then lets one pass. For small requests upon connections of their own.</summary>
internal sealed class Cutter : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Uri service;
    private readonly Random dice;
    private readonly Task carrying;
    private int cuts;

    public Cutter(Uri service, int seed)
    {
        (this.service, dice) = (service, new Random(seed));
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        carrying = Carry();
    }

    public Uri Address { get; }

    public int Cuts => cuts;

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await carrying;
    }

    private async Task Carry()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var caller = await listener.AcceptTcpClientAsync();
                var (way, share) = (dice.Next(4), dice.NextDouble());
                open.Add(Carry(caller, way, share));
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task Carry(TcpClient caller, int way, double share)
    {
        using (caller)
        {
            using var served = new TcpClient();
            await served.ConnectAsync(service.Host, service.Port);
            var (from, to) = (caller.GetStream(), served.GetStream());
            try
            {
                // Head and body come in one part or in two.
                var buffer = new byte[65_536];
                var whole = 0;
                do
                {
                    whole += await from.ReadAsync(buffer.AsMemory(whole));
                }
                while (!IsWhole(buffer.AsSpan(0, whole)));

                await to.WriteAsync(buffer.AsMemory(0, way == 0 ? (int)(whole * share) : whole));
                if (way > 1)
                {
                    var length = await to.ReadAsync(buffer);
                    if (way == 3)
                    {
                        await from.WriteAsync(buffer.AsMemory(0, length));
                        await Task.WhenAny(to.CopyToAsync(from), from.ReadAsync(new byte[1]).AsTask()); // Until the caller has enough.
                        return;
                    }
                }

                Interlocked.Increment(ref cuts);
                served.Client.Close(0);
                caller.Client.Close(0);
            }
            catch (Exception cut) when (cut is IOException or SocketException or ObjectDisposedException)
            {
                Interlocked.Increment(ref cuts);
            }
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> request)
    {
        var text = System.Text.Encoding.ASCII.GetString(request);
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        const string name = "Content-Length: ";
        var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        return head >= 0 && at >= 0
            && request.Length >= head + 4 + int.Parse(text[(at + name.Length)..text.IndexOf('\r', at)], System.Globalization.CultureInfo.InvariantCulture);
    }
}
