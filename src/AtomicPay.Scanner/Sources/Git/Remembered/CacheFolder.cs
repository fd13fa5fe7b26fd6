namespace AtomicPay.Scanner.Sources.Git.Remembered;

/// <summary>
/// Small files that may vanish at any time, in a folder of the user's own. Whatever is wrong with the folder or a file, it
/// counts as not there: a scan is never worse than without.
/// </summary>
/// <param name="path">The folder; made when something is to be kept.</param>
/// <param name="mostBytes">Beyond this the files that were not used for longest are removed.</param>
internal sealed class CacheFolder(string path, long mostBytes = 64L << 20)
{
    private const string Extension = ".seen";
    private const long LargestFile = 16L << 20;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnly | UnixFileMode.UserExecute;
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <summary>Null when the user has no such folder: no home, as in some containers.</summary>
    public static CacheFolder? OfUser(Func<string, string?> variable)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        var root = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            // The XDG specification: a path that is not absolute is to be ignored.
            : variable("XDG_CACHE_HOME") is { } named && Path.IsPathRooted(named) ? named
            : !Path.IsPathRooted(home) ? ""
            : Path.Join(home, OperatingSystem.IsMacOS() ? "Library/Caches" : ".cache");
        return !Path.IsPathRooted(root) ? null : new CacheFolder(Path.Join(root, "atomicpay-scan"));
    }

    /// <summary>The file's bytes; null when it is not there, or is not to be trusted.</summary>
    public byte[]? Read(string name)
    {
        try
        {
            var file = new FileInfo(Path.Join(path, name + Extension));
            if (!IsOwnFolder() || !file.Exists || file.LinkTarget is not null || file.Length is 0 or > LargestFile || IsSharedWith(file))
            {
                return null;
            }

            // Notes the use for the trimming. Only the owner of a file may do this, so it also tells whose it is.
            file.LastWriteTimeUtc = DateTime.UtcNow;
            return File.ReadAllBytes(file.FullName);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps a file if that can be done.</summary>
    public void Write(string name, byte[] bytes)
    {
        if (bytes.Length > LargestFile)
        {
            return;
        }

        var beside = Path.Join(path, $".{Guid.NewGuid():N}.tmp");
        try
        {
            MakeFolder();
            if (!IsOwnFolder())
            {
                return;
            }

            using (var file = Create(beside))
            {
                file.Write(bytes);
            }

            File.Move(beside, Path.Join(path, name + Extension), overwrite: true);
            Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Remove(beside);
        }
    }

    private static FileStream Create(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(file, options);
    }

    private static bool IsSharedWith(FileSystemInfo file) =>
        !OperatingSystem.IsWindows() && (file.UnixFileMode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0;

    private static void Remove(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is removed when it has lain there for long enough, or by whoever clears caches.
        }
    }

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnlyFolder);
        }
    }

    private bool IsOwnFolder()
    {
        var folder = new DirectoryInfo(path);
        return folder.Exists && folder.LinkTarget is null && !IsSharedWith(folder);
    }

    private void Trim()
    {
        var kept = 0L;
        var now = DateTime.UtcNow;
        foreach (var file in new DirectoryInfo(path).EnumerateFiles().OrderByDescending(file => file.LastWriteTimeUtc))
        {
            var isOurs = file.Extension == Extension;
            kept += isOurs ? file.Length : 0;
            if ((isOurs && kept > mostBytes) || (file.Extension == ".tmp" && now - file.LastWriteTimeUtc > Abandoned))
            {
                Remove(file.FullName);
            }
        }
    }
}
