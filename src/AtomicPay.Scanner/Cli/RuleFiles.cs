using AtomicPay.Scanner.Reports;
using AtomicPay.Scanner.Rules;
using AtomicPay.Scanner.Rules.Custom;

namespace AtomicPay.Scanner.Cli;

/// <summary>Reads the files of rules that the user named. Others are never read: a repository cannot bring rules of its own.</summary>
internal static class RuleFiles
{
    /// <summary>The rules of the scanner and of the files.</summary>
    /// <param name="files">Their names.</param>
    /// <param name="read">Reads one; null for one that does not count.</param>
    /// <exception cref="RuleFilesException">A file has mistakes.</exception>
    public static RuleSet Load(IReadOnlyCollection<string> files, Func<string, byte[]?> read)
    {
        var rules = RuleSet.Default.Rules;
        foreach (var file in files)
        {
            if (read(file) is not { } bytes)
            {
                continue;
            }

            var content = RuleFile.Read(bytes, rules);
            if (!content.Errors.IsEmpty)
            {
                throw new RuleFilesException(string.Join('\n', content.Errors.Select(error => DisplayText.Line($"{file}:{error}"))));
            }

            rules = [.. rules, .. content.Rules];
        }

        return files.Count == 0 ? RuleSet.Default : new RuleSet(rules);
    }

    /// <exception cref="RuleFilesException">It cannot be read.</exception>
    public static byte[] Bytes(string file)
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
