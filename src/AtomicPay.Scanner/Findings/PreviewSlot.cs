namespace AtomicPay.Scanner.Findings;

/// <summary>Where the preview of a picture will be, if it may be kept: how many pictures a scan meets is not known before its end.</summary>
internal sealed class PreviewSlot
{
    private volatile PicturePreview? _preview;
    private volatile bool _isGivenUp;

    /// <summary>Null for a picture that is not shown.</summary>
    public PicturePreview? Preview => _isGivenUp ? null : _preview;

    public void Fill(PicturePreview? preview) => _preview = _isGivenUp ? null : preview;

    /// <summary>Lets the preview go, for one that comes before it.</summary>
    public void GiveUp()
    {
        _isGivenUp = true;
        _preview = null;
    }
}
