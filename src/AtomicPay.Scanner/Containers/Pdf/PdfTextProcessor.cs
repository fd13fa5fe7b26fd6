using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Geometry;
using UglyToad.PdfPig.Graphics;
using UglyToad.PdfPig.Graphics.Core;
using UglyToad.PdfPig.Graphics.Operations;
using UglyToad.PdfPig.Parser;
using UglyToad.PdfPig.PdfFonts;
using UglyToad.PdfPig.Tokenization.Scanner;
using UglyToad.PdfPig.Tokens;

namespace AtomicPay.Scanner.Containers.Pdf;

/// <summary>
/// Draws a page and keeps of it only its text: the library's own page keeps every letter with its outline, which a hostile page
/// makes a matter of gigabytes.
/// </summary>
internal sealed class PdfTextProcessor(
    int pageNumber,
    IResourceStore resources,
    IPdfTokenScanner scanner,
    IPageContentParser parser,
    ILookupFilterProvider filters,
    CropBox cropBox,
    UserSpaceUnit unit,
    PageRotationDegrees rotation,
    TransformationMatrix initial,
    ParsingOptions options) : BaseStreamProcessor<PdfPageContent>(pageNumber, resources, scanner, parser, filters, cropBox, unit, rotation, initial, options)
{
    private readonly PdfPageText _text = new();
    private readonly PdfWork _work = (PdfWork)options.Logger;
    private bool _hasPictures;

    public override PdfPageContent Process(int pageNumberCurrent, IReadOnlyList<IGraphicsStateOperation> operations)
    {
        CloneAllStates();
        ProcessOperations(operations);
        return new PdfPageContent(_text.ToString(), _hasPictures);
    }

    public override void RenderGlyph(
        IFont font,
        CurrentGraphicsState currentState,
        double fontSize,
        double pointSize,
        int code,
        string unicode,
        long currentOffset,
        in TransformationMatrix renderingMatrix,
        in TransformationMatrix textMatrix,
        in TransformationMatrix transformationMatrix,
        CharacterBoundingBox characterBoundingBox)
    {
        _work.TakeGlyph();
        var start = transformationMatrix.Transform(textMatrix.Transform(renderingMatrix.Transform(new PdfPoint(0, 0))));
        var end = transformationMatrix.Transform(textMatrix.Transform(renderingMatrix.Transform(new PdfPoint(characterBoundingBox.Width, 0))));
        var next = transformationMatrix.Transform(textMatrix.Transform(new PdfPoint(currentState.FontState.CharacterSpacing, 0)));
        var origin = transformationMatrix.Transform(textMatrix.Transform(new PdfPoint(0, 0)));
        var top = transformationMatrix.Transform(textMatrix.Transform(renderingMatrix.Transform(new PdfPoint(0, 1))));

        var (dx, dy) = (end.X - start.X, end.Y - start.Y);
        var width = Math.Sqrt((dx * dx) + (dy * dy));
        var (ux, uy) = width > 0 ? (dx / width, dy / width) : (1, 0);
        var along = (start.X * ux) + (start.Y * uy);
        var spacing = ((next.X - origin.X) * ux) + ((next.Y - origin.Y) * uy);
        var height = Math.Sqrt(((top.X - start.X) * (top.X - start.X)) + ((top.Y - start.Y) * (top.Y - start.Y)));
        _text.Add(new PdfGlyph(
            unicode, along, along + width + spacing, (start.Y * ux) - (start.X * uy), height, (int)Math.Round(Math.Atan2(uy, ux) * 180 / Math.PI)));
    }

    public override void PushState()
    {
        _work.TakeStep();
        base.PushState();
    }

    public override void BeginSubpath()
    {
    }

    public override PdfPoint? CloseSubpath() => null;

    public override void StrokePath(bool close)
    {
    }

    public override void FillPath(FillingRule fillingRule, bool close)
    {
    }

    public override void FillStrokePath(FillingRule fillingRule, bool close)
    {
    }

    public override void MoveTo(double x, double y)
    {
    }

    public override void BezierCurveTo(double x2, double y2, double x3, double y3)
    {
    }

    public override void BezierCurveTo(double x1, double y1, double x2, double y2, double x3, double y3)
    {
    }

    public override void LineTo(double x, double y)
    {
    }

    public override void Rectangle(double x, double y, double width, double height)
    {
    }

    public override void EndPath()
    {
    }

    public override void ClosePath()
    {
    }

    public override void ModifyClippingIntersect(FillingRule clippingRule)
    {
    }

    public override void BeginMarkedContent(NameToken name, NameToken? propertyDictionaryName, DictionaryToken? properties)
    {
    }

    public override void EndMarkedContent()
    {
    }

    public override void PaintShading(NameToken shadingName)
    {
    }

    protected override void RenderXObjectImage(XObjectContentRecord xObjectContentRecord) => _hasPictures = true;

    protected override void RenderInlineImage(InlineImage inlineImage) => _hasPictures = true;

    protected override void ClipToRectangle(PdfRectangle rectangle, FillingRule clippingRule)
    {
    }
}
