using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kinerja.Benchmarks;

/// <summary>One keep-alive connection that sends requests as ready bytes and reads just enough of the answers: the client
/// shares the machine with what it measures, so it does as little as can be done.</summary>
internal sealed class Wire(Uri server) : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] buffer = new byte[65_536];
    private int start;
    private int end;

    public Task Open() => socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(server.Host), server.Port));

    /// <summary>Sends one request and reads its answer to the end.</summary>
    /// <returns>The status, and how long the body was.</returns>
    public async Task<(int Status, int Length)> Ask(ReadOnlyMemory<byte> request)
    {
        await socket.SendAsync(request);
        var head = await Head();
        var status = int.Parse(head.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        if (Header(head, "Content-Length") is { } length)
        {
            await Skip(int.Parse(length, CultureInfo.InvariantCulture));
            return (status, int.Parse(length, CultureInfo.InvariantCulture));
        }

        return (status, Header(head, "Transfer-Encoding") is null ? 0 : await Chunks());
    }

    public void Dispose() => socket.Dispose();

    private static string? Header(string head, string name)
    {
        var at = head.IndexOf($"\r\n{name}:", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : head[(at + name.Length + 3)..head.IndexOf("\r\n", at + 2, StringComparison.Ordinal)].Trim();
    }

    private async Task<string> Head() => await Until("\r\n\r\n"u8.ToArray()) + "\r\n";

    private async Task<int> Chunks()
    {
        for (var total = 0; ;)
        {
            var size = int.Parse(await Until("\r\n"u8.ToArray()), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            await Skip(size + 2);
            if (size == 0)
            {
                return total;
            }

            total += size;
        }
    }

    private async Task<string> Until(byte[] mark)
    {
        int found;
        while ((found = buffer.AsSpan(start, end - start).IndexOf(mark)) < 0)
        {
            await Fill();
        }

        var text = Encoding.ASCII.GetString(buffer, start, found);
        start += found + mark.Length;
        return text;
    }

    private async Task Skip(int count)
    {
        while (count > end - start)
        {
            count -= end - start;
            start = end = 0;
            await Fill();
        }

        start += count;
    }

    private async Task Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, 2 * buffer.Length);
        }

        var read = await socket.ReceiveAsync(buffer.AsMemory(end));
        end += read > 0 ? read : throw new IOException("The server closed the connection.");
    }
}
