namespace AtomicPay.Scanner.Rules;

/// <summary>What a text that begins like a key looks like.</summary>
public enum Likeness
{
    /// <summary>A key that was issued: random characters.</summary>
    Issued,

    /// <summary>Not the form of a key: another prefix, other characters, too short or too long.</summary>
    NotAKey,

    /// <summary>Something to be replaced by a key.</summary>
    Placeholder,

    /// <summary>The name of something: words.</summary>
    Identifier,

    /// <summary>A key of which a part is masked or left out.</summary>
    CutOff,
}
