namespace AtomicPay.Scanner.Rules.Custom;

/// <summary>What is wrong in a file of rules, and what to write instead.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in UTF-16 code units, from 1.</param>
/// <param name="Message">A sentence; it may quote the file, whose text is not made safe to print.</param>
public sealed record RuleFileError(int Line, int Column, string Message)
{
    /// <summary>The place and the sentence, as compilers write them.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Line}:{Column}: {Message}");
}
