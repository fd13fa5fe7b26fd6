using System.Runtime.ExceptionServices;

namespace AtomicPay.Scanner.Sources;

/// <summary>Runs the same work on several threads, the calling one among them.</summary>
internal static class Workers
{
    /// <summary>Returns when every worker has returned; throws the first exception that one of them threw.</summary>
    public static void Run(int jobs, Action work)
    {
        ExceptionDispatchInfo? failure = null;
        void Guarded()
        {
            try
            {
                work();
            }
#pragma warning disable CA1031 // whatever it is, it is thrown again below, on the caller's thread
            catch (Exception e)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
            }
        }

        var threads = new Thread[Math.Max(jobs, 1) - 1];
        for (var i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(Guarded) { IsBackground = true, Name = $"worker {i + 1}" };
            threads[i].Start();
        }

        Guarded();
        foreach (var thread in threads)
        {
            thread.Join();
        }

        failure?.Throw();
    }
}
