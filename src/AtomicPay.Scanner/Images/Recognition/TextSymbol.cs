namespace AtomicPay.Scanner.Images.Recognition;

/// <summary>One recognised character.</summary>
/// <param name="Character">What was read.</param>
/// <param name="Box">Where.</param>
/// <param name="Confidence">From 0 to 1.</param>
/// <param name="BeginsWord">Recognition saw a space before it.</param>
internal readonly record struct TextSymbol(char Character, PixelBox Box, float Confidence, bool BeginsWord);
