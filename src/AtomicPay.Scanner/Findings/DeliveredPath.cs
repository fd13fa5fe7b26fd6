namespace AtomicPay.Scanner.Findings;

/// <summary>Tells from a path that strangers get the file: browser code, and packages that are handed out.</summary>
internal static class DeliveredPath
{
    /// <summary>Folders that web servers and build tools hand out whole.</summary>
    private static readonly string[] ServedFolders = ["public", "static", "wwwroot", "public_html", "htdocs"];

    /// <summary>Folders of what build tools make, for browsers and for servers alike.</summary>
    private static readonly string[] BuiltFolders = ["dist", "build", "out", "www", "_next", ".output", "bundles"];

    /// <summary>Endings of what browsers read.</summary>
    private static readonly string[] WebEndings = [".js", ".mjs", ".css", ".map", ".html", ".htm", ".wasm", ".json", ".webmanifest"];

    /// <summary>Endings of files that can hardly be for anything but browsers.</summary>
    private static readonly string[] BrowserEndings =
        [".html", ".htm", ".xhtml", ".js.map", ".mjs.map", ".css.map", ".min.js", ".min.mjs", ".bundle.js", ".chunk.js"];

    /// <summary>Endings of packages of apps and of browser extensions; what lies in them follows after an exclamation mark.</summary>
    private static readonly string[] Packages = [".apk", ".aab", ".ipa", ".xpi", ".crx"];

    /// <summary>Who gets the file, in words, or null when nothing says that strangers do.</summary>
    public static string? WordsFor(string path)
    {
        foreach (var package in Packages)
        {
            if (path.Contains($"{package}!/", StringComparison.OrdinalIgnoreCase) || path.EndsWith(package, StringComparison.OrdinalIgnoreCase))
            {
                return "in an app that is handed out";
            }
        }

        return IsForBrowsers(path) ? "in a file that browsers get" : null;
    }

    private static bool IsForBrowsers(string path)
    {
        if (EndsInAny(path, BrowserEndings))
        {
            return true;
        }

        var isWeb = EndsInAny(path, WebEndings);
        for (var rest = path.AsSpan(); rest.IndexOf('/') is >= 0 and var end; rest = rest[(end + 1)..])
        {
            if (IsAny(rest[..end], ServedFolders) || (isWeb && IsAny(rest[..end], BuiltFolders)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsInAny(string path, string[] endings)
    {
        foreach (var ending in endings)
        {
            if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAny(ReadOnlySpan<char> folder, string[] names)
    {
        foreach (var name in names)
        {
            if (folder.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
