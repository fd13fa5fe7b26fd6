using System.Text.Json;

namespace AtomicPay.Scanner.Evaluation;

/// <summary>A picture and the keys that it shows.</summary>
internal sealed record Picture(string File, string Kind, string Effect, string Format, string Theme, IReadOnlyList<ShownKey> Keys)
{
    public static Picture Of(JsonElement element) => new(
        Text(element, "file"), Text(element, "kind"), Text(element, "effect"), Text(element, "format"), Text(element, "theme"),
        [.. element.GetProperty("keys").EnumerateArray().Select(ShownKey.Of).DistinctBy(static key => key.Text)]);

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "";
}
