using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Refs;

/// <summary>An entry of a ref's log.</summary>
/// <param name="Before">What the ref pointed to; zeros when it was made.</param>
/// <param name="After">What it points to since; zeros when it was deleted.</param>
/// <param name="Person">Who moved it: name and address.</param>
/// <param name="Message">Why.</param>
internal sealed record LogEntry(ObjectId Before, ObjectId After, string Person, string Message);
