using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AtomicPay.Scanner.Images.Isolation;

/// <summary>
/// The inside of a process that reads pictures: takes one from standard input, answers on standard output, takes the next. It holds
/// nothing that is worth a crash: decoders are native code, and pictures come from strangers.
/// </summary>
internal static class PictureWorker
{
    /// <summary>The one argument with which the scanner starts itself as such a process.</summary>
    public const string Argument = "read-pictures-for-the-scan";

    /// <summary>Reads pictures until the scan has no more of them, or is gone.</summary>
    /// <param name="isIssued">Whether a text that has the form of a key is one, and no placeholder or identifier.</param>
    public static int Run(Func<string, bool> isIssued)
    {
        // Ctrl-C reaches every process of a terminal; it is for the scan to say what is still wanted.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true);
        using var answers = WorkerLimits.TakeStandardOutput();
        WorkerLimits.Set();
        using var pictures = new BlockingCollection<byte[]>();
        new Thread(() => Receive(pictures)) { IsBackground = true, Name = "pictures" }.Start();
        using var reader = new PictureReader(isIssued);
        foreach (var picture in pictures.GetConsumingEnumerable())
        {
            PictureMessage.WriteReading(answers, reader.Read(picture, CancellationToken.None));
        }

        return 0;
    }

    // The scan closes the pipe when it is done, and so does the system when the scan is killed. A decoder that is at work then, or
    // hangs, is not waited for.
    private static void Receive(BlockingCollection<byte[]> pictures)
    {
        using var input = Console.OpenStandardInput();
        try
        {
            while (PictureMessage.ReadPicture(input) is { } picture)
            {
                pictures.Add(picture);
            }
        }
        finally
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
        }
    }
}
