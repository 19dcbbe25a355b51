using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Kinerja.Api;

/// <summary>
/// The files on disk, named by their content and by nothing a sender says. Which office may read one stands in its document;
/// bytes that two offices have lie here once.
/// </summary>
internal sealed partial class EvidenceFiles
{
    private const int Chunk = 81_920;
    private readonly string folder;
    private readonly string incoming;

    public EvidenceFiles(IConfiguration configuration, TimeProvider clock)
    {
        folder = Path.GetFullPath(configuration["Evidence:Folder"] ?? throw new InvalidOperationException("Evidence:Folder is not set."));
        incoming = Path.Combine(folder, "incoming");
        Limit = configuration.GetValue("Evidence:MostBytes", 20_000_000L);
        // What was still coming in when an instance fell; nothing takes a day to come.
        foreach (var left in Directory.CreateDirectory(incoming).EnumerateFiles()
            .Where(file => file.LastWriteTimeUtc < clock.GetUtcNow().UtcDateTime.AddDays(-1)))
        {
            left.Delete();
        }
    }

    /// <summary>The most bytes a file may have.</summary>
    public long Limit { get; }

    /// <summary>Where the bytes of a hash lie.</summary>
    public string PathOf(string hash) => Path.Combine(folder, hash[..2], hash);

    /// <summary>Writes a body to disk as it comes, and hashes it on the way; what is not kept afterwards is gone.</summary>
    public async Task<ReceivedFile> Receive(Stream body, CancellationToken ct)
    {
        var received = new ReceivedFile(Path.Combine(incoming, Path.GetRandomFileName()));
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using (var file = new FileStream(received.Path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, useAsync: true))
            {
                int read;
                while ((read = await body.ReadAsync(buffer, ct)) > 0)
                {
                    received.Size += read;
                    if (received.Size > Limit)
                    {
                        throw new BadRequest(413, [Fault.At("", "evidence-too-large", ("limit", $"{Limit}"))]);
                    }

                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), ct);
                }

                file.Flush(flushToDisk: true);
            }

            received.Hash = Convert.ToHexStringLower(hash.GetHashAndReset());
            received.Type = await FileTypes.Of(received.Path, ct);
            return received;
        }
        catch
        {
            received.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Gives a received file its place, where it stays though the power fails; one that is there already has the same bytes.</summary>
    public void Keep(ReceivedFile received)
    {
        var path = PathOf(received.Hash);
        var place = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(received.Path, path, overwrite: true);
        Flush(place.FullName);
        Flush(folder);
    }

    // The names in a folder are on disk only when the folder is; the base library opens no folder.
    private static void Flush(string folder)
    {
        using var opened = new SafeFileHandle(Open(folder, 0), ownsHandle: true);
        if (opened.IsInvalid || Synchronize(opened) != 0)
        {
            throw new IOException($"{folder} could not be written to disk: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Synchronize(SafeFileHandle file);
}

/// <summary>A file that has come whole, and has no place yet: it goes when it is not kept.</summary>
internal sealed class ReceivedFile(string path) : IDisposable
{
    public string Path => path;

    public string Hash { get; set; } = "";

    public long Size { get; set; }

    /// <summary>What its bytes show it to be; none when it is of no sort that is taken.</summary>
    public EvidenceType? Type { get; set; }

    public void Dispose() => File.Delete(path);
}
