using System.Text;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Refs;

/// <summary>What a ref points to: an object, or, for a symbolic one, another ref's full name.</summary>
internal readonly record struct RefValue(ObjectId? Id, string? Target)
{
    private const string Symbolic = "ref:";

    /// <summary>Reads what the file of a ref says: of <c>FETCH_HEAD</c>, which has several lines and more than an id in each, the first id.</summary>
    public static RefValue? Parse(string line) =>
        line.StartsWith(Symbolic, StringComparison.Ordinal) ? new RefValue(null, line[Symbolic.Length..].Trim())
        : ObjectId.TryParse(Encoding.UTF8.GetBytes(line.Split(' ', '\t')[0].Trim())) is { } id ? new RefValue(id, null)
        : null;
}
