using System.Text;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>The folders that make up an object database: its own, and those that <c>info/alternates</c> names, and theirs.</summary>
internal static class ObjectFolders
{
    // As in git: alternates of alternates are followed this far.
    private const int MostNested = 5;

    public static IReadOnlyList<string> Find(string objects, Action<string> skip)
    {
        var found = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Visit(Path.GetFullPath(objects), 0);
        return found;

        void Visit(string folder, int depth)
        {
            if (!seen.Add(Path.TrimEndingDirectorySeparator(folder)))
            {
                return;
            }

            if (depth > MostNested)
            {
                skip($"the alternate object folder {folder} is nested too deeply");
                return;
            }

            if (!Directory.Exists(folder))
            {
                skip($"the object folder {folder} does not exist");
                return;
            }

            found.Add(folder);
            foreach (var alternate in ReadAlternates(folder, skip))
            {
                Visit(Path.GetFullPath(alternate, folder), depth + 1);
            }
        }
    }

    private static IEnumerable<string> ReadAlternates(string folder, Action<string> skip)
    {
        var path = Path.Join(folder, "info", "alternates");
        try
        {
            return [.. File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#').Select(Unquote)];
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            skip($"{path} could not be read: {failure.Message}");
            return [];
        }
    }

    /// <summary>A path in double quotes is written as in C.</summary>
    private static string Unquote(string line)
    {
        if (line.Length < 2 || line[0] != '"' || line[^1] != '"')
        {
            return line;
        }

        var bytes = new List<byte>();
        var text = Encoding.UTF8.GetBytes(line[1..^1]);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                bytes.Add(text[i]);
            }
            else if (text[i + 1] is >= (byte)'0' and <= (byte)'3' && i + 3 < text.Length)
            {
                bytes.Add((byte)(((text[i + 1] - '0') << 6) | ((text[i + 2] - '0') << 3) | (text[i + 3] - '0')));
                i += 3;
            }
            else
            {
                i++;
                bytes.Add(text[i] switch { (byte)'n' => (byte)'\n', (byte)'t' => (byte)'\t', (byte)'r' => (byte)'\r', var other => other });
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
