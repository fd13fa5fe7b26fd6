using System.Text.Json;

namespace AtomicPay.Scanner.Evaluation;

/// <summary>Pictures with what they show.</summary>
internal sealed record Corpus(string Folder, IReadOnlyList<Picture> Pictures)
{
    /// <summary>Reads a truth file; the pictures lie beside it.</summary>
    public static Corpus Load(string truth)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(truth));
        return new Corpus(
            Path.GetDirectoryName(Path.GetFullPath(truth))!,
            [.. document.RootElement.GetProperty("images").EnumerateArray().Select(Picture.Of)]);
    }

    public byte[] Read(Picture picture) => File.ReadAllBytes(Path.Combine(Folder, picture.File));
}
