using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AtomicPay.Scanner.Api.Revoking;

/// <summary>
/// What was revoked, when and with which outcome: JSON lines that are only ever added, each on the disk before the next step is
/// taken. It holds hashes of keys and no key. Cutting whole lines off its end is the one change that it cannot show by itself;
/// whoever minds that keeps <see cref="Head"/> elsewhere.
/// </summary>
internal sealed class AuditFile : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const long MostBytes = 64L << 20;

    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly FileStream _file;
    private readonly List<AuditEntry> _entries = [];

    private AuditFile(string path, TimeProvider time)
    {
        (_path, _time) = (path, time);
        _file = OpenFile(path);
    }

    /// <summary>The lines, the oldest first.</summary>
    public IReadOnlyList<AuditEntry> Entries => _entries;

    /// <summary>The hash of the last line, which stands for all of them.</summary>
    public string Head { get; private set; } = AuditEntry.NoHash;

    /// <summary>Where it lies when the user names no other place; null when there is no home to put it in.</summary>
    public static string? PathOf(Func<string, string?> variable)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        var root = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            // The XDG specification: a path that is not absolute is to be ignored.
            : variable("XDG_STATE_HOME") is { } named && Path.IsPathRooted(named) ? named
            : Path.IsPathRooted(home) ? Path.Join(home, ".local/state")
            : "";
        return Path.IsPathRooted(root) ? Path.Join(root, "atomicpay-scan", "revocations.jsonl") : null;
    }

    /// <summary>Opens it for this process alone and checks every line.</summary>
    /// <exception cref="AuditException">It is damaged, in use, or cannot be read or written.</exception>
    public static AuditFile Open(string path, TimeProvider time)
    {
        AuditFile? audit = null;
        try
        {
            audit = new AuditFile(path, time);
            audit.ReadAll();
            return audit;
        }
        catch (Exception e)
        {
            audit?.Dispose();
            throw e is IOException or UnauthorizedAccessException
                ? new AuditException($"The audit file {path} cannot be opened, or another run is using it; nothing is revoked without it. --audit-file FILE names another.", e)
                : e;
        }
    }

    /// <summary>Adds a line and returns when it is on the disk.</summary>
    /// <exception cref="AuditException">It cannot be written.</exception>
    public void Add(AuditEntry entry)
    {
        var (line, hash) = entry.Write(_entries.Count + 1, _time.GetUtcNow(), Head);
        try
        {
            _file.Write(line);
            _file.Flush(flushToDisk: true);
        }
        catch (IOException e)
        {
            throw new AuditException($"The audit file {_path} cannot be written; nothing more is revoked.", e);
        }

        Head = hash;
        _entries.Add(entry);
    }

    public void Dispose() => _file.Dispose();

    private static FileStream OpenFile(string path)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full)!;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return new FileStream(full, options);
        }

        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        options.UnixCreateMode = OwnerOnly;
        var file = new FileStream(full, options);
        // Also when it was made by other means: who may write to it may forge it, and who may read it learns which keys leaked.
        File.SetUnixFileMode(file.SafeFileHandle, OwnerOnly);
        return file;
    }

    private void ReadAll()
    {
        if (_file.Length > MostBytes)
        {
            throw new AuditException($"The audit file {_path} is larger than 64 MiB; move it away to begin a new one.");
        }

        var bytes = new byte[_file.Length];
        _file.ReadExactly(bytes);
        var end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        foreach (var line in Encoding.UTF8.GetString(bytes, 0, end).Split('\n')[..^1])
        {
            var (entry, hash) = AuditEntry.Read(line, _entries.Count + 1, Head) ?? throw new AuditException(string.Create(
                CultureInfo.InvariantCulture,
                $"The audit file {_path} was changed or damaged at line {_entries.Count + 1}; nothing is revoked. Look into it, then move it away to begin a new one."));
            Head = hash;
            _entries.Add(entry);
        }

        if (end < bytes.Length)
        {
            Repair(bytes.AsSpan(end), end);
        }
    }

    /// <summary>
    /// Takes off a line whose writing was cut short. What it was to announce did not happen, since nothing happens before its
    /// line is on the disk.
    /// </summary>
    private void Repair(ReadOnlySpan<byte> torn, long end)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{torn.Length} bytes of an unfinished line removed, sha256 {Convert.ToHexStringLower(SHA256.HashData(torn))}");
        _file.SetLength(end);
        _file.Position = end;
        Add(new AuditEntry(AuditEvent.Repaired, "", "", text));
    }
}
