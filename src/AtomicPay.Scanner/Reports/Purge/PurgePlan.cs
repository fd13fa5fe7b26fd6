using System.Globalization;
using System.Text;
using AtomicPay.Scanner.Findings;
using static System.FormattableString;

namespace AtomicPay.Scanner.Reports.Purge;

/// <summary>
/// How to take leaked keys out of a history: a page of steps to be followed by hand, and beside it the module that they use.
/// Nothing of it is run by the scanner: rewriting a history is for its owners to decide.
/// </summary>
internal static class PurgePlan
{
    private const int MaxPlaces = 20;

    /// <summary>Where the module goes: beside the plan, under a name that Python can import.</summary>
    public static string FilterOf(string plan)
    {
        var name = new StringBuilder();
        foreach (var character in Path.GetFileNameWithoutExtension(plan))
        {
            name.Append(char.IsAsciiLetterOrDigit(character) ? character : '_');
        }

        return Path.Join(Path.GetDirectoryName(plan), $"{(name.Length == 0 || char.IsAsciiDigit(name[0]) ? "purge_" : "")}{name}_filter.py");
    }

    /// <exception cref="ReportFileException">One of the two files cannot be written.</exception>
    public static void Write(ScanResult result, string plan)
    {
        var filter = FilterOf(plan);
        if (!result.Purges.IsEmpty)
        {
            ReportFile.Write(filter, stream => PurgeFilter.Write(result.Purges, Path.GetFileName(plan), stream));
        }

        ReportFile.Write(plan, stream => Write(result, Path.GetFileNameWithoutExtension(filter), stream));
    }

    private static void Write(ScanResult result, string module, Stream output)
    {
        var redaction = new Redaction(result);
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("# Purge plan");
        writer.WriteLine();
        if (!result.IsComplete)
        {
            writer.WriteLine("**The scan could not see everything**, so there may be keys that this plan does not take out. See the report of the scan.");
            writer.WriteLine();
        }

        if (result.Purges.IsEmpty)
        {
            writer.WriteLine("No leaked key lies in a history that was scanned: there is nothing to purge.");
            return;
        }

        writer.WriteLine("Steps to take leaked keys out of a git history. Nothing was changed yet: no command of this page was run. The keys are not");
        writer.WriteLine($"spelled here, nor in `{module}.py`, which knows them by place and by hash.");
        writer.WriteLine();
        WriteRevocation(writer, result, redaction);
        var number = 2;
        foreach (var purge in result.Purges)
        {
            WriteRepository(writer, result.Root, purge, module, redaction, ref number);
        }

        writer.WriteLine(Invariant($"## {number}. What no command can do"));
        writer.WriteLine();
        writer.WriteLine("- Everybody who has a clone makes a new one. Who pushes from an old clone brings the keys back.");
        writer.WriteLine("- Forks, and the copies that a server keeps for pull requests, stay as they were: ask its support to remove them.");
        writer.WriteLine("- Git LFS objects, releases, packages and build logs are not part of a history: delete those that hold a key.");
        writer.WriteLine("- The commits have new names. Links to the old ones, and signatures, are lost.");
    }

    private static void WriteRevocation(StreamWriter writer, ScanResult result, Redaction redaction)
    {
        writer.WriteLine("## 1. Revoke first");
        writer.WriteLine();
        writer.WriteLine("**A key that was pushed is known to strangers, whatever is done to the history.** Purging hides the key and does not make it");
        writer.WriteLine("secret again. Revoke or rotate each of these in the AtomicPay dashboard, or with `atomicpay-scan revoke`, before anything else:");
        writer.WriteLine();
        var words = new PlaceWords(redaction);
        foreach (var key in KeyGroup.Of(result))
        {
            writer.WriteLine($"- `{DisplayText.Line(key.Secret.Redacted)}`, SHA-256 `{key.Secret.Sha256}`");
            foreach (var place in key.Places.Take(MaxPlaces))
            {
                writer.WriteLine($"  - {Code(words.Clickable(place))}, {string.Join("; ", words.Phrases(place))}");
            }

            if (key.PlaceCount > MaxPlaces)
            {
                writer.WriteLine(Invariant($"  - … and {key.PlaceCount - MaxPlaces:N0} more"));
            }
        }

        writer.WriteLine();
    }

    private static void WriteRepository(StreamWriter writer, string root, HistoryPurge purge, string module, Redaction redaction, ref int number)
    {
        var folder = Path.Join(Path.GetFullPath(root), purge.Repository);
        var shown = purge.Repository.Length == 0 ? "the history" : $"the history of {Code(redaction.Show(purge.Repository))}";
        if (!purge.IsSupported)
        {
            writer.WriteLine(Invariant($"## {number++}. Not possible: {shown}"));
            writer.WriteLine();
            writer.WriteLine("Its objects are named by SHA-256, and git filter-repo rewrites only repositories that use SHA-1.");
            writer.WriteLine();
            return;
        }

        var clone = $"purged-{number.ToString(CultureInfo.InvariantCulture)}.git";
        writer.WriteLine(Invariant($"## {number++}. Rewrite {shown} in a clone"));
        writer.WriteLine();
        writer.WriteLine(Summary(purge));
        writer.WriteLine();
        writer.WriteLine("Take the keys out of the newest version first, as any other change, and have everybody push what they have. This needs");
        writer.WriteLine("[git-filter-repo](https://github.com/newren/git-filter-repo) (Debian, brew and pip: `git-filter-repo`). In the folder of this page:");
        writer.WriteLine();
        writer.WriteLine("```sh");
        writer.WriteLine("plan=$PWD");
        writer.WriteLine("# What was scanned. Where everybody pulls from a server, write its URL instead.");
        writer.WriteLine($"repository={Quoted(redaction.Mask(folder))}");
        writer.WriteLine($"git clone --mirror --no-local \"$repository\" {clone}");
        writer.WriteLine($"cd {clone}");
        writer.WriteLine("PYTHONPATH=$plan git filter-repo \\");
        foreach (var (option, call) in (ReadOnlySpan<(string, string)>)
            [("blob", "blob(blob)"), ("commit", "message(commit)"), ("tag", "message(tag)"), ("filename", "return filename(filename)"), ("refname", "return refname(refname)"), ("name", "return person(name)")])
        {
            var body = call.StartsWith("return ", StringComparison.Ordinal) ? $"return {module}.{call["return ".Length..]}" : $"{module}.{call}";
            writer.WriteLine($"    --{option}-callback 'import {module}; {body}' \\");
        }

        writer.WriteLine($"    --email-callback 'import {module}; return {module}.person(email)'");
        writer.WriteLine("# What it notes down of the old names may hold a key too.");
        writer.WriteLine("rm -r filter-repo");
        writer.WriteLine("```");
        writer.WriteLine();
        writer.WriteLine("Prove it: this must end with \"No leaked key\".");
        writer.WriteLine();
        writer.WriteLine("```sh");
        writer.WriteLine("atomicpay-scan .");
        writer.WriteLine("```");
        writer.WriteLine();
        writer.WriteLine("Look at the result, and when all agree, replace the history on the server. This cannot be undone; keep no old clone but a backup.");
        writer.WriteLine();
        writer.WriteLine("```sh");
        writer.WriteLine("git push --force --mirror \"$repository\"");
        writer.WriteLine("cd \"$plan\"");
        writer.WriteLine("```");
        writer.WriteLine();
    }

    private static string Summary(HistoryPurge purge)
    {
        var parts = new List<string>();
        Add(purge.Overwritten.Count, "version of files", "versions of files", "in which the key is overwritten with asterisks");
        Add(purge.Replaced.Count, "picture, archive or document", "pictures, archives or documents", "replaced by a line of text");
        Add(purge.Messages.Count, "message of a commit or tag", "messages of commits and tags", "in which the key is overwritten");
        Add(purge.FileNames.Count, "file or folder", "files or folders", "renamed");
        Add(purge.RefNames.Count, "branch or tag", "branches or tags", "renamed");
        Add(purge.People.Count, "name or address of a person", "names or addresses of people", "replaced");
        return $"What changes: {string.Join("; ", parts)}.";

        void Add(int count, string one, string many, string what)
        {
            if (count > 0)
            {
                parts.Add(Invariant($"{count:N0} {(count == 1 ? one : many)}, {what}"));
            }
        }
    }

    private static string Code(string text) => $"`{text.Replace('`', '\'')}`";

    private static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
