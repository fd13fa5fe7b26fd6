using System.CommandLine;
using AtomicPay.Scanner.Pipeline;
using AtomicPay.Scanner.Reports;

namespace AtomicPay.Scanner.Cli;

/// <summary>The <c>redact</c> command: copies of pictures in which every key is covered, to be shown instead of the originals.</summary>
internal sealed class RedactCommand : Command
{
    private readonly Argument<string[]> _pictures = new("IMAGE")
    {
        Description = "The pictures; of a folder, those that lie in it.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _folder = new("--output", "-o")
    {
        Description = "The folder for the copies, which keep their names. A file that is there already is not replaced.",
        HelpName = "DIR",
        Required = true,
    };

    public RedactCommand()
        : base("redact", "Copy pictures with every key covered for good, without metadata, and prove the copies clean.")
    {
        Add(_pictures);
        Add(_folder);
        SetAction(line => Run(line.GetValue(_pictures)!, line.GetValue(_folder)!));
    }

    /// <summary>A folder's pictures by name, so that copies do not depend on how a disk lists them. What a folder holds besides is no mistake.</summary>
    private static IEnumerable<string> PicturesAt(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path).Where(PictureRedaction.IsPicture).Order(StringComparer.Ordinal)
        : [path];

    private static int Run(IReadOnlyList<string> pictures, string folder)
    {
        using var redaction = new PictureRedaction();
        var exitCode = ExitCode.Clean;
        foreach (var picture in pictures.SelectMany(PicturesAt))
        {
            var name = DisplayText.Line(picture);
            try
            {
                Directory.CreateDirectory(folder);
                if (redaction.Cover(File.ReadAllBytes(picture), out var copy, out var covered) is { } reason)
                {
                    Complaint.Write($"{name} was not copied: {reason}.");
                    exitCode = ExitCode.UsageOrIncomplete;
                    continue;
                }

                var target = Path.Join(folder, Path.GetFileName(picture));
                using var file = new FileStream(target, FileMode.CreateNew, FileAccess.Write);
                file.Write(copy);
                Console.Out.WriteLine($"{DisplayText.Line(target)}: {(covered == 0 ? "no key found" : $"{Counted.Of(covered, "key")} covered")}, the copy is clean");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Complaint.Write($"{name} was not copied: {e.Message}");
                exitCode = ExitCode.UsageOrIncomplete;
            }
        }

        return exitCode;
    }
}
