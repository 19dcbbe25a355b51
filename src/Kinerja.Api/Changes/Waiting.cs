namespace Kinerja.Api;

/// <summary>Who waits for a change now. Each that waits asks again with every change, so no client has many of them.</summary>
internal sealed class Waiting
{
    private const int Most = 20;
    private readonly Dictionary<string, int> waiting = new(StringComparer.Ordinal);

    /// <summary>Waits; false when the client waits so often already.</summary>
    public async Task<bool> Wait(Caller caller, Func<Task> change)
    {
        lock (waiting)
        {
            var others = waiting.GetValueOrDefault(caller.Subject);
            if (others == Most)
            {
                return false;
            }

            waiting[caller.Subject] = others + 1;
        }

        try
        {
            await change();
            return true;
        }
        finally
        {
            lock (waiting)
            {
                if (--waiting[caller.Subject] == 0)
                {
                    waiting.Remove(caller.Subject);
                }
            }
        }
    }
}
