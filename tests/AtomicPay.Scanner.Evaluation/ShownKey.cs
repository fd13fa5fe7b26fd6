using System.Text.Json;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Evaluation;

/// <summary>A key that a picture shows. None was ever issued.</summary>
/// <param name="Text">The key.</param>
/// <param name="Font">The family it is drawn in.</param>
/// <param name="IsMonospace">Whether all its characters are of one width.</param>
/// <param name="Size">Pixels of em, as far as the picture keeps them.</param>
/// <param name="IsWrapped">Whether it runs over several lines.</param>
/// <param name="Lines">A box for each.</param>
internal sealed record ShownKey(string Text, string Font, bool IsMonospace, double Size, bool IsWrapped, IReadOnlyList<PictureRegion> Lines)
{
    public static ShownKey Of(JsonElement element) => new(
        element.GetProperty("key").GetString()!,
        element.GetProperty("font").GetString() ?? "",
        element.GetProperty("monospace").GetBoolean(),
        element.GetProperty("effective_px").GetDouble(),
        element.GetProperty("wrapped").GetBoolean(),
        [.. element.GetProperty("lines").EnumerateArray().Select(Region)]);

    /// <summary>Whether a reading stands where the key does.</summary>
    public bool IsAt(PictureRegion region) => Lines.Any(line =>
        line.X < region.X + region.Width && region.X < line.X + line.Width && line.Y < region.Y + region.Height && region.Y < line.Y + line.Height);

    private static PictureRegion Region(JsonElement box) =>
        new((int)box[0].GetDouble(), (int)box[1].GetDouble(), (int)box[2].GetDouble(), (int)box[3].GetDouble(), 1);
}
