using AtomicPay.Scanner.Api.Revoking;

namespace AtomicPay.Scanner.Tests.Api;

public sealed class AuditFileTests : IDisposable
{
    private readonly Workspace _workspace = new();

    private string FilePath => _workspace.PathOf("state/atomicpay-scan/revocations.jsonl");

    [Fact]
    public void What_is_written_is_read_again()
    {
        Write(3);

        using var audit = AuditFile.Open(FilePath, TimeProvider.System);
        audit.Entries.Select(e => e.Text).ShouldBe(["text 1", "text 2", "text 3"]);
    }

    [Fact]
    public void Only_the_owner_may_look_at_it()
    {
        Write(1);

        File.GetUnixFileMode(FilePath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(Path.GetDirectoryName(FilePath)!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Each byte of the file, changed, and each line, taken out, moved or written twice.</summary>
    [Fact]
    public void Every_change_is_noticed()
    {
        Write(3);
        var whole = File.ReadAllBytes(FilePath);
        for (var i = 0; i < whole.Length - 1; i++)
        {
            var changed = (byte[])whole.Clone();
            changed[i] ^= 1;
            ShouldBeDamaged(changed, $"byte {i}");
        }

        var lines = File.ReadAllLines(FilePath);
        ShouldBeDamaged(Bytes(lines[1], lines[2]), "first line gone");
        ShouldBeDamaged(Bytes(lines[0], lines[2]), "second line gone");
        ShouldBeDamaged(Bytes(lines[1], lines[0], lines[2]), "lines exchanged");
        ShouldBeDamaged(Bytes(lines[0], lines[0], lines[1], lines[2]), "line twice");

        static byte[] Bytes(params string[] lines) => System.Text.Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n")));
    }

    [Fact]
    public void A_last_line_that_was_cut_short_is_taken_off_and_that_is_written_down()
    {
        Write(2);
        var whole = File.ReadAllBytes(FilePath);
        var second = Array.IndexOf(whole, (byte)'\n') + 1;
        foreach (var length in (int[])[second + 1, second + 20, whole.Length - 1])
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            using (var audit = AuditFile.Open(FilePath, TimeProvider.System))
            {
                audit.Entries.Select(e => e.Event).ShouldBe([AuditEvent.Intent, AuditEvent.Repaired]);
            }

            using var again = AuditFile.Open(FilePath, TimeProvider.System);
            again.Entries.Count.ShouldBe(2);
        }
    }

    [Fact]
    public void Two_runs_at_once_are_kept_apart()
    {
        using var first = AuditFile.Open(FilePath, TimeProvider.System);

        Should.Throw<AuditException>(() => AuditFile.Open(FilePath, TimeProvider.System)).Message.ShouldContain("another run");
    }

    [Fact]
    public void Its_place_is_the_users_state_folder()
    {
        AuditFile.PathOf(name => name == "XDG_STATE_HOME" ? "/state" : null).ShouldBe("/state/atomicpay-scan/revocations.jsonl");
        AuditFile.PathOf(name => name == "XDG_STATE_HOME" ? "relative" : null)!.ShouldEndWith("/.local/state/atomicpay-scan/revocations.jsonl");
    }

    public void Dispose() => _workspace.Dispose();

    private void Write(int lines)
    {
        using var audit = AuditFile.Open(FilePath, TimeProvider.System);
        for (var i = 1; i <= lines; i++)
        {
            audit.Add(new AuditEntry(AuditEvent.Intent, "key", "attempt", $"text {i}"));
        }
    }

    private void ShouldBeDamaged(byte[] bytes, string how)
    {
        File.WriteAllBytes(FilePath, bytes);
        Should.Throw<AuditException>(() => AuditFile.Open(FilePath, TimeProvider.System), how).Message.ShouldContain("changed or damaged");
    }
}
