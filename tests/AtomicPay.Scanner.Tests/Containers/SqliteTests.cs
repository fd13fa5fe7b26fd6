using System.Buffers.Binary;
using System.Text;

namespace AtomicPay.Scanner.Tests.Containers;

public sealed class SqliteTests : IDisposable
{
    private const int PageSize = 512;

    private readonly Workspace _workspace = new();
    private readonly string _key = TestKey.New();

    [Fact]
    public void A_value_between_others_is_found_though_nothing_stands_between_them() => ShouldBeFoundAlone(Database(Leaf(Record("alice", _key, "bob"))));

    [Fact]
    public void A_value_is_put_together_from_its_overflow_pages()
    {
        // The key begins in the cell and ends in the first overflow page.
        var length = Record(new string('.', 900)).Length;
        var local = LocalPart(length);
        var before = new string('.', local - 25);
        var payload = Record($"{before} {_key} ".PadRight(900, '-'));
        byte[] cell = [.. Number(length), 1, .. payload[..local], 0, 0, 0, 2];
        var rest = payload[local..].Chunk(PageSize - 4).ToArray();
        var pages = rest.Select((part, i) => Page([0, 0, 0, (byte)(i + 1 < rest.Length ? i + 3 : 0), .. part])).ToArray();
        ShouldBeFoundAlone(Database([Leaf(cell, isWhole: true), .. pages]));
    }

    [Fact]
    public void An_overflow_chain_that_leads_in_circles_ends()
    {
        byte[] cell = [.. Number(100_000), 1, .. Record(_key).Concat(new byte[PageSize]).Take(LocalPart(100_000)), 0, 0, 0, 2];
        Should.NotThrow(() => Packed.Scan(Database(Leaf(cell, isWhole: true), Page([0, 0, 0, 2]))));
    }

    [Fact]
    public void A_database_that_is_cut_off_is_said_and_its_pages_are_read()
    {
        var database = Database(Leaf(Record("alice", _key, "bob")));
        BinaryPrimitives.WriteUInt32BigEndian(database.AsSpan(28), 9);
        var (found, skipped) = Packed.Scan(database);

        found.ShouldBe([Packed.Found("x", _key)]);
        skipped.ShouldHaveSingleItem().ShouldContain("cut off");
    }

    [Fact]
    public async Task What_sqlite_itself_writes_is_read()
    {
        var others = TestKey.New();
        var zip = Convert.ToHexString(Packed.Zip(("app.env", Packed.Text(TestKey.New()))));
        await Sqlite("PRAGMA page_size=1024; PRAGMA encoding='UTF-16le'; CREATE TABLE t(a TEXT, b TEXT, c BLOB); CREATE INDEX i ON t(b);"
            + $"INSERT INTO t VALUES('{new string('x', 3000)}', '{_key}', x'{zip}'), ('left', '{others}', NULL);");
        var (found, skipped) = Packed.Scan(await File.ReadAllBytesAsync(_workspace.PathOf("a.db"), TestContext.Current.CancellationToken));

        found.Select(line => line[^64..]).ShouldContain(TestKey.Sha256(_key));
        found.Select(line => line[^64..]).ShouldContain(TestKey.Sha256(others));
        found.ShouldContain(line => line.StartsWith("x!/app.env ", StringComparison.Ordinal));
        skipped.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_waits_in_a_write_ahead_log_is_read()
    {
        await Sqlite($".filectrl persist_wal 1\nPRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE t(a TEXT, b TEXT); INSERT INTO t VALUES('alice{new string('x', 9000)}', '{_key}');\n");
        var log = await File.ReadAllBytesAsync(_workspace.PathOf("a.db-wal"), TestContext.Current.CancellationToken);

        Packed.Scan(log).Found.ShouldBe([Packed.Found("x", _key)]);
    }

    [Fact]
    public void Damage_anywhere_never_ends_the_scan()
    {
        foreach (var damaged in Damaged.Of(Database(Leaf(Record("alice", _key, "bob")), Leaf(Record("x"))), 400))
        {
            Should.NotThrow(() => Packed.Scan(damaged));
        }
    }

    public void Dispose() => _workspace.Dispose();

    private void ShouldBeFoundAlone(byte[] content)
    {
        var (found, skipped) = Packed.Scan(content);
        found.ShouldBe([Packed.Found("x", _key)]);
        skipped.ShouldBeEmpty();
    }

    private async Task Sqlite(string script)
    {
        try
        {
            await (CliWrap.PipeSource.FromString(script) | CliWrap.Cli.Wrap("sqlite3").WithArguments(["a.db"]).WithWorkingDirectory(_workspace.Root))
                .ExecuteAsync(TestContext.Current.CancellationToken);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("This machine has no sqlite3.");
        }
    }

    private static byte[] Database(params byte[][] pages)
    {
        var bytes = pages.SelectMany(page => page).ToArray();
        Packed.Text("SQLite format 3\0").CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(16), PageSize);
        bytes[20] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(28), (uint)pages.Length);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(56), 1);
        return bytes;
    }

    private static byte[] Leaf(byte[] record, bool isWhole = false)
    {
        byte[] cell = isWhole ? record : [.. Number(record.Length), 1, .. record];
        var page = new byte[PageSize];
        page[100] = 13;
        page[104] = 1;
        BinaryPrimitives.WriteUInt16BigEndian(page.AsSpan(108), (ushort)(PageSize - cell.Length));
        cell.CopyTo(page, PageSize - cell.Length);
        return page;
    }

    private static byte[] Page(byte[] start) => [.. start, .. new byte[PageSize - start.Length]];

    private static byte[] Record(params string[] values)
    {
        var types = values.SelectMany(value => Number((2 * Encoding.UTF8.GetByteCount(value)) + 13)).ToArray();
        return [(byte)(types.Length + 1), .. types, .. values.SelectMany(Encoding.UTF8.GetBytes)];
    }

    private static byte[] Number(int value) => value < 128 ? [(byte)value] : value < 16384 ? [(byte)(0x80 | (value >> 7)), (byte)(value & 127)]
        : [(byte)(0x80 | (value >> 14)), (byte)(0x80 | ((value >> 7) & 127)), (byte)(value & 127)];

    private static int LocalPart(int length)
    {
        var least = ((PageSize - 12) * 32 / 255) - 23;
        var part = least + ((length - least) % (PageSize - 4));
        return part <= PageSize - 35 ? part : least;
    }
}
