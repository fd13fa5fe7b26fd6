namespace AtomicPay.Scanner.Findings;

/// <summary>What the API said of one permission of a key.</summary>
/// <param name="Permission">Its documented name, such as <c>products.read</c>.</param>
/// <param name="Grant">Whether the key has it.</param>
internal readonly record struct PermissionAnswer(string Permission, Grant Grant);
