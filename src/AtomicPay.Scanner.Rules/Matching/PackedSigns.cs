using System.Collections.Immutable;

namespace AtomicPay.Scanner.Rules.Matching;

/// <summary>How base64 of pictures, archives and documents begins: their signatures, as data URIs, notebooks and manifests show them.</summary>
internal static class PackedSigns
{
    /// <summary>What to look for. Nothing shorter than five digits: those turn up by chance once in a gigabyte of base64.</summary>
    public static ImmutableArray<Literal> Literals { get; } =
    [
        .. new[]
        {
            "iVBORw0KGgo", // PNG
            "/9j/4", "/9j/2", "\\/9j\\/4", "\\/9j\\/2", // JPEG, also as PHP writes it in JSON
            "R0lGOD", // GIF
            "UklGR", // WebP
            "bmp;base64,Qk", // BMP, whose own two letters are too few
            "SUkqA", "TU0AK", // TIFF
            "PHN2Zy", "PD94bWwg", // SVG
            "UEsDB", // zip, and the documents that are one
            "H4sIA", "H4sIC", // gzip
            "SDRzSU", // gzip twice encoded, as Helm keeps its releases in secrets
            "JVBERi", // PDF
            "N3q8r", "UmFyIR", "/Td6WF", "QlpoO", "KLUv/", // 7z, rar, xz, bzip2, zstd
            "0M8R4KGx", // the documents of old Office
            "U1FMaXRlIGZvcm1hdCAz", // SQLite
        }.Select(text => new Literal(System.Text.Encoding.ASCII.GetBytes(text), ignoreCase: false)),
    ];
}
