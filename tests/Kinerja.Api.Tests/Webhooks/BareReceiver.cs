using System.Net;
using System.Net.Sockets;

namespace Kinerja.Api.Tests;

/// <summary>A target on a bare socket: does with each connection what a test has it do, be it HTTP or not.</summary>
internal sealed class BareReceiver : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly TaskCompletionSource cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task serving;
    private int taken;

    public BareReceiver(Func<Stream, CancellationToken, Task> answer)
    {
        listener.Start();
        serving = Serve(answer);
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/kinerja";

    /// <summary>How many connections it took.</summary>
    public int Taken => taken;

    /// <summary>A connection was cut off by who made it, while it was answered.</summary>
    public Task Cut => cut.Task;

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await serving;
        listener.Dispose();
        over.Dispose();
    }

    private async Task Serve(Func<Stream, CancellationToken, Task> answer)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(Serve(await listener.AcceptTcpClientAsync(over.Token), answer));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task Serve(TcpClient connection, Func<Stream, CancellationToken, Task> answer)
    {
        using var open = connection;
        Interlocked.Increment(ref taken);
        try
        {
            await open.GetStream().ReadExactlyAsync(new byte[1], over.Token);
            await answer(open.GetStream(), over.Token);
        }
        catch (IOException)
        {
            cut.TrySetResult();
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
