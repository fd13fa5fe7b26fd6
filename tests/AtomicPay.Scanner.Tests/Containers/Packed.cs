using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using AtomicPay.Scanner.Containers;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Pipeline;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Tests.Containers;

/// <summary>Makes archives, and scans them.</summary>
internal static class Packed
{
    public static byte[] Zip(params (string Name, byte[] Content)[] members)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in members)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    public static byte[] Tar(TarEntryFormat format, params (string Name, byte[] Content)[] members)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, format, leaveOpen: true))
        {
            foreach (var (name, content) in members)
            {
                TarEntry entry = format switch
                {
                    TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, name),
                    TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, name),
                    _ => new PaxTarEntry(TarEntryType.RegularFile, name),
                };
                entry.DataStream = new MemoryStream(content);
                tar.WriteEntry(entry);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>As Debian packages are made; of a name that is too long for its header there is a table.</summary>
    public static byte[] Ar(params (string Name, byte[] Content)[] members)
    {
        using var bytes = new MemoryStream();
        bytes.Write("!<arch>\n"u8);
        var names = string.Concat(members.Where(member => member.Name.Length > 15).Select(member => member.Name + "/\n"));
        var at = 0;
        if (names.Length > 0)
        {
            Write("//", Text(names));
        }

        foreach (var (name, content) in members)
        {
            Write(name.Length > 15 ? $"/{at}" : name + "/", content);
            at += name.Length > 15 ? name.Length + 2 : 0;
        }

        return bytes.ToArray();

        void Write(string name, byte[] content)
        {
            bytes.Write(Text($"{name,-16}{0,-12}{0,-6}{0,-6}{"100644",-8}{content.Length,-10}`\n"));
            bytes.Write(content);
            bytes.Write("\n"u8[..(content.Length & 1)]);
        }
    }

    public static byte[] Gzip(byte[] content) => Compress(content, s => new GZipStream(s, CompressionLevel.Optimal, leaveOpen: true));

    public static byte[] Zlib(byte[] content) => Compress(content, s => new ZLibStream(s, CompressionLevel.Optimal, leaveOpen: true));

    /// <summary>Packs by a program that this machine may have.</summary>
    public static async Task<byte[]> By(string program, byte[] content, params string[] arguments)
    {
        using var packed = new MemoryStream();
        try
        {
            await (CliWrap.Cli.Wrap(program).WithArguments(arguments) | (CliWrap.PipeTarget.ToStream(packed)))
                .WithStandardInputPipe(CliWrap.PipeSource.FromBytes(content)).ExecuteAsync(TestContext.Current.CancellationToken);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"This machine has no {program}.");
        }

        return packed.ToArray();
    }

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>What is found in a content and what could not be scanned of it, as lines.</summary>
    public static (string[] Found, string[] Skipped) Scan(byte[] content, ContainerLimits? limits = null)
    {
        var scanner = new ContentScanner(RuleSet.Default, pictures: null, limits ?? new ContainerLimits(), TestContext.Current.CancellationToken);
        scanner.Accept(content, new Origin.File("x"));
        return (
            [.. scanner.Detections.Select(d => $"{d.Origin} {d.Secret.Sha256}").Order(StringComparer.Ordinal)],
            [.. scanner.Skipped.Select(s => $"{s.Origin}: {s.Reason}")]);
    }

    public static string Found(string path, string key) => $"{path} {TestKey.Sha256(key)}";

    private static byte[] Compress(byte[] content, Func<Stream, Stream> open)
    {
        using var bytes = new MemoryStream();
        using (var compressor = open(bytes))
        {
            compressor.Write(content);
        }

        return bytes.ToArray();
    }
}
