namespace AtomicPay.Scanner.Reports;

/// <summary>A report's file: written beside its place and then renamed, so that a reader never meets half a report.</summary>
internal static class ReportFile
{
    /// <summary>Whether a report can be written there, to be asked before a scan that takes long rather than after it.</summary>
    /// <exception cref="ReportFileException">It cannot.</exception>
    public static void Probe(string path)
    {
        var target = Target(path);
        if (IsDevice(target))
        {
            return;
        }

        var temporary = Temporary(target);
        Guarded(path, () =>
        {
            using (Create(temporary))
            {
            }

            File.Delete(temporary);
        });
    }

    /// <summary>Writes the report; where it fails, a former report at that place stays as it was.</summary>
    /// <exception cref="ReportFileException">The file could not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var target = Target(path);
        if (IsDevice(target))
        {
            // Renaming over /dev/stdout or /dev/null would put a file where the device was.
            Guarded(path, () =>
            {
                using var device = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                write(device);
            });
            return;
        }

        var temporary = Temporary(target);
        try
        {
            Guarded(path, () =>
            {
                using (var stream = Create(temporary))
                {
                    write(stream);
                    stream.Flush(flushToDisk: true);
                }

                File.Move(temporary, target, overwrite: true);
            });
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    private static FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);

    /// <summary>The file behind a link: it is replaced, the link stays.</summary>
    private static string Target(string path)
    {
        if (path.Length == 0)
        {
            throw new ReportFileException("The report's file has no name: write it after the equals sign, as in sarif=report.sarif.");
        }

        var target = Path.GetFullPath(path);
        if (IsDevice(target))
        {
            return target;
        }

        if (Directory.Exists(target))
        {
            throw new ReportFileException($"The report cannot be written to {DisplayText.Line(path)}: that is a folder; name a file in it.");
        }

        if (Path.GetDirectoryName(target) is { } folder && !Directory.Exists(folder))
        {
            throw new ReportFileException($"The report cannot be written to {DisplayText.Line(path)}: its folder does not exist; make it first.");
        }

        string? resolved = null;
        Guarded(path, () => resolved = File.Exists(target) ? File.ResolveLinkTarget(target, returnFinalTarget: true)?.FullName : null);
        return resolved ?? target;
    }

    private static bool IsDevice(string target) =>
        !OperatingSystem.IsWindows()
        && (target.StartsWith("/dev/", StringComparison.Ordinal) || target.StartsWith("/proc/", StringComparison.Ordinal))
        && !target.StartsWith("/dev/shm/", StringComparison.Ordinal);

    /// <summary>In the same folder, because a rename is atomic only within a file system.</summary>
    private static string Temporary(string target) =>
        Path.Combine(Path.GetDirectoryName(target)!, $".atomicpay-report-{Guid.NewGuid():N}.tmp");

    private static void Guarded(string path, Action action)
    {
        try
        {
            action();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new ReportFileException($"The report cannot be written to {DisplayText.Line(path)}: its folder or the file may not be written to.", exception);
        }
        catch (IOException exception)
        {
            throw new ReportFileException($"The report cannot be written to {DisplayText.Line(path)}: {DisplayText.Line(exception.Message)}", exception);
        }
    }

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The reason why the report failed is the one worth telling.
        }
    }
}
