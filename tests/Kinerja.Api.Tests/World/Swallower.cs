using System.Net;
using System.Net.Sockets;

namespace Kinerja.Api.Tests;

/// <summary>A network that carries requests to the service and loses its answers: the connection is cut when the first
/// byte of an answer comes, when the effect has been committed.</summary>
internal sealed class Swallower : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task carrying;

    public Swallower(Uri service)
    {
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        carrying = Carry(service);
    }

    public Uri Address { get; }

    public int Swallowed { get; private set; }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await carrying;
    }

    private async Task Carry(Uri service)
    {
        try
        {
            while (true)
            {
                using var caller = await listener.AcceptTcpClientAsync();
                using var served = new TcpClient();
                await served.ConnectAsync(service.Host, service.Port);
                var request = caller.GetStream().CopyToAsync(served.GetStream());
                if (await served.GetStream().ReadAsync(new byte[1]) == 1)
                {
                    Swallowed++;
                }

                caller.Client.Close(0); // a reset: the caller learns nothing
                await request.ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
        }
    }
}
