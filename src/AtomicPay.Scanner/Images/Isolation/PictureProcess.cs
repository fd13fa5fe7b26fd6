using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;

namespace AtomicPay.Scanner.Images.Isolation;

/// <summary>
/// Reads pictures in a process of its own, so that one that crashes its decoder, hangs it or eats the memory costs that picture and not
/// the scan. For one thread at a time. The process is started for the first picture, and again after one that it did not survive.
/// </summary>
internal sealed class PictureProcess : IDisposable
{
    // The worker itself gives up well before; what takes longer is a decoder that does not come back.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(PictureReader.LongestSeconds * 2);

    private const int EndedByInterrupt = 128 + 2;
    private const int InterruptMilliseconds = 2_000;
    private const int CrashMilliseconds = 200;

    // All that the worker is told of this machine: where libraries lie that the system does not know of.
    private static readonly string[] Passed = ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot", "PATH"];

    private Process? _process;
    private bool _isFresh;

    /// <summary>Reads a picture. Whatever it does to the process that reads it gives a reason, never an exception.</summary>
    /// <exception cref="OperationCanceledException">The answer is no longer wanted.</exception>
    public PictureReading Read(ReadOnlySpan<byte> content, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        while (true)
        {
            if (_process is null && !TryStart())
            {
                return Failed("the process that reads pictures could not be started");
            }

            var wasFresh = _isFresh;
            _isFresh = false;
            var clock = Stopwatch.StartNew();
            if (Ask(_process!, content, cancellation) is { } reading)
            {
                return reading;
            }

            if (End() == EndedByInterrupt)
            {
                // The terminal sent it to every process, and this one hears of it in a moment.
                cancellation.WaitHandle.WaitOne(InterruptMilliseconds);
            }

            cancellation.ThrowIfCancellationRequested();
            if (clock.Elapsed >= Longest)
            {
                return Failed("reading the picture took too long and was stopped");
            }

            // What other pictures left behind in the process may be to blame: a new one has only itself.
            if (wasFresh)
            {
                return Failed("the picture crashed the process that was reading it, or needed more memory than a picture may take");
            }
        }
    }

    public void Dispose()
    {
        if (_process is { } process)
        {
            Kill(process);
        }

        End();
        _process?.Dispose();
    }

    private static PictureReading Failed(string reason) => new([], reason);

    private static PictureReading? Ask(Process process, ReadOnlySpan<byte> content, CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(Longest);
        using var kill = late.Token.Register(() => Kill(process));
        try
        {
            PictureMessage.WritePicture(process.StandardInput.BaseStream, content);
            return PictureMessage.ReadReading(process.StandardOutput.BaseStream);
        }
        catch (IOException)
        {
            // It is gone, and its pipe with it.
            return null;
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }

    private bool TryStart()
    {
        try
        {
            _process = Process.Start(StartOf(Environment.ProcessPath ?? ""));
            _isFresh = true;
            return _process is not null;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            return false;
        }
    }

    private static ProcessStartInfo StartOf(string program)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            // Not compiled natively: the runtime has to be told what to run.
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, $"{Assembly.GetExecutingAssembly().GetName().Name}.dll"));
        }

        start.ArgumentList.Add(PictureWorker.Argument);
        start.Environment.Clear();
        foreach (var name in Passed)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        return start;
    }

    // The exit code; 0 when there was no process.
    private int End()
    {
        if (_process is not { } process)
        {
            return 0;
        }

        _process = null;
        // One that crashed has an exit code of its own, a moment after its pipe was closed.
        if (!process.WaitForExit(CrashMilliseconds))
        {
            Kill(process);
            process.WaitForExit();
        }

        var code = process.ExitCode;
        process.Dispose();
        return code;
    }
}
