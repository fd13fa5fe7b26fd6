using AtomicPay.Scanner.Reports;
using AtomicPay.Scanner.Rules;
using AtomicPay.Scanner.Rules.Custom;

namespace AtomicPay.Scanner.Cli;

/// <summary>Reads the files of rules that the user named. Others are never read: a repository cannot bring rules of its own.</summary>
internal static class RuleFiles
{
    /// <summary>The rules of the scanner and of the files.</summary>
    /// <exception cref="RuleFilesException">A file cannot be read, or has mistakes.</exception>
    public static RuleSet Load(IReadOnlyCollection<string> files)
    {
        var rules = RuleSet.Default.Rules;
        foreach (var file in files)
        {
            var read = RuleFile.Read(Bytes(file), rules);
            if (!read.Errors.IsEmpty)
            {
                throw new RuleFilesException(string.Join('\n', read.Errors.Select(error => DisplayText.Line($"{file}:{error}"))));
            }

            rules = [.. rules, .. read.Rules];
        }

        return files.Count == 0 ? RuleSet.Default : new RuleSet(rules);
    }

    private static byte[] Bytes(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var bytes = new byte[RuleFile.MostBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes[..length];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message.TrimEnd('.');
            throw new RuleFilesException(DisplayText.Line($"The rules {file} cannot be read: {reason}."), e);
        }
    }
}
