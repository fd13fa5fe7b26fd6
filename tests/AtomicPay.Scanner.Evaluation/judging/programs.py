"""Draws lines of text with programs of other makers than the browser with which training pictures are made."""

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass

import numpy
from PIL import Image

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_SCREEN = (1600, 1200)


@dataclass(frozen=True)
class Style:
    family: str
    size: int  # pixels of em
    ground: str
    ink: str
    columns: int  # where terminals wrap
    seed: int


def pango(lines, style):
    """Pango and cairo: what GTK programs draw with."""
    hinting, antialias = [("none", "gray"), ("slight", "gray"), ("full", "gray"), ("full", "subpixel")][style.seed % 4]
    return _written(lines, lambda text, png: [
        "pango-view", "-q", f"--font={style.family} {style.size}px", "--dpi=72", f"--hinting={hinting}", f"--antialias={antialias}", f"--foreground={style.ink}",
        f"--background={style.ground}", f"--margin={8 + style.seed % 20}", f"--line-spacing={1.15 if style.seed % 3 else 1.4}", f"--output={png}", text])


def poppler(lines, style):
    """A PDF as a viewer shows it: Splash, with its own smoothing."""
    with tempfile.TemporaryDirectory() as folder:
        pdf = f"{folder}/page.pdf"
        _run(["pango-view", "-q", f"--font={style.family} {style.size}px", "--dpi=72", f"--foreground={style.ink}", f"--background={style.ground}", "--margin=14", f"--output={pdf}", _text(folder, lines)])
        _run(["pdftoppm", "-r", str([72, 96, 110][style.seed % 3]), "-png", "-singlefile", pdf, f"{folder}/page"])
        return Image.open(f"{folder}/page.png").convert("RGB")


def pillow(lines, style):
    """FreeType without any layout, as scripts draw captions."""
    from PIL import ImageDraw, ImageFont
    file = subprocess.run(["fc-match", "-f", "%{file}", style.family], capture_output=True, text=True, check=True).stdout
    font = ImageFont.truetype(file, style.size)
    step = round(style.size * [1.2, 1.35, 1.6][style.seed % 3])
    width = max(font.getlength(line) for line in lines)
    image = Image.new("RGB", (int(width) + 60, step * len(lines) + 40), style.ground)
    for at, line in enumerate(lines):
        ImageDraw.Draw(image).text((20, 15 + at * step), line, font=font, fill=style.ink)
    return image


def qt(lines, style):
    """Widgets of Qt: an editor, or a table with a line in each row."""
    from PyQt5 import QtGui, QtWidgets
    global _application
    _application = QtWidgets.QApplication.instance() or QtWidgets.QApplication(["judging"])
    font = QtGui.QFont(style.family)
    font.setPixelSize(style.size)
    metrics = QtGui.QFontMetrics(font)
    width = max(metrics.horizontalAdvance(line) for line in lines) + 90
    colours = f"background: {style.ground}; color: {style.ink}; gridline-color: {style.ink}; selection-background-color: {style.ground}"
    if style.seed % 3 == 0:
        widget = QtWidgets.QTableWidget(len(lines), 2)
        widget.setFont(font)
        for row, line in enumerate(lines):
            widget.setItem(row, 0, QtWidgets.QTableWidgetItem(str(row + 1)))
            widget.setItem(row, 1, QtWidgets.QTableWidgetItem(line))
            widget.setRowHeight(row, int(style.size * 1.9))
        widget.setColumnWidth(0, 50)
        widget.setColumnWidth(1, width)
        widget.horizontalHeader().setVisible(False)
        widget.verticalHeader().setVisible(False)
        widget.setFixedSize(width + 70, int(style.size * 1.9) * len(lines) + 12)
    else:
        widget = QtWidgets.QPlainTextEdit("\n".join(lines))
        widget.setFont(font)
        widget.setCursorWidth(0)
        widget.setLineWrapMode(QtWidgets.QPlainTextEdit.NoWrap)
        widget.setFixedSize(width, metrics.lineSpacing() * (len(lines) + 2) + 20)
    widget.setStyleSheet(colours)
    picture = widget.grab().toImage().convertToFormat(QtGui.QImage.Format_RGB888)
    bits = picture.bits()
    bits.setsize(picture.byteCount())
    rows = numpy.frombuffer(bits, numpy.uint8).reshape(picture.height(), picture.bytesPerLine())
    return Image.fromarray(rows[:, :picture.width() * 3].reshape(picture.height(), picture.width(), 3).copy())


def gtk(lines, style):
    """The editor widget of GNOME's programs, with line numbers."""
    _screen()
    import gi
    gi.require_version("Gtk", "3.0")
    gi.require_version("GtkSource", "4")
    from gi.repository import Gtk, GtkSource
    view = GtkSource.View()
    view.get_buffer().set_text("\n".join(lines))
    view.set_show_line_numbers(style.seed % 2 == 0)
    view.set_cursor_visible(False)
    view.set_wrap_mode(Gtk.WrapMode.NONE)
    css = Gtk.CssProvider()
    css.load_from_data(f"textview, textview text {{ font-family: '{style.family}'; font-size: {style.size}px; background-color: {style.ground}; color: {style.ink}; }}".encode())
    view.get_style_context().add_provider(css, Gtk.STYLE_PROVIDER_PRIORITY_USER)
    window = Gtk.OffscreenWindow()
    window.add(view)
    window.show_all()
    width, height = int(max(map(len, lines)) * style.size * 0.72) + 40, int(len(lines) * style.size * 1.5) + 10
    view.set_size_request(width + 70, height + 20)
    # Lines are measured while nothing else is to do, the first time after the window was first drawn.
    for turn in range(600):
        while Gtk.events_pending():
            Gtk.main_iteration()
        if turn > 40 and view.get_allocated_width() >= width + 70 and view.get_allocated_height() >= height + 20:
            break
        time.sleep(0.003)
    pixels = window.get_pixbuf()
    rows = numpy.frombuffer(pixels.get_pixels(), numpy.uint8)
    channels, stride, width, height = pixels.get_n_channels(), pixels.get_rowstride(), pixels.get_width(), pixels.get_height()
    rows = numpy.concatenate([rows, numpy.zeros(stride * height - len(rows), numpy.uint8)]).reshape(height, stride)[:, :width * channels].reshape(height, width, channels)
    window.destroy()
    return Image.fromarray(rows[:, :, :3].copy())


def xterm(lines, style):
    """The terminal of X; wraps where its columns end."""
    return _terminal(lines, style, lambda command: [
        "xterm", "-fa", f"{style.family}:pixelsize={style.size}", "-fg", style.ink, "-bg", style.ground, "-geometry", f"{style.columns}x{_rows(lines, style)}+0+0", "-b", "4", "+sb", "-e", *command])


def urxvt(lines, style):
    """Another terminal; the bitmap fonts of X as well."""
    font = style.family if style.family[0].isdigit() else f"xft:{style.family}:pixelsize={style.size}"
    return _terminal(lines, style, lambda command: [
        "urxvt", "-fn", font, "-fg", style.ink, "-bg", style.ground, "-geometry", f"{style.columns}x{_rows(lines, style)}+0+0", "-b", "3", "+sb", "-e", *command])


PROGRAMS = {"pango": pango, "poppler": poppler, "pillow": pillow, "qt": qt, "gtk": gtk, "xterm": xterm, "urxvt": urxvt}
TERMINALS = ("xterm", "urxvt")

_application = None
_server = None


def _rows(lines, style):
    return sum(max(1, -(-len(line) // style.columns)) for line in lines) + 1


def _text(folder, lines):
    with open(f"{folder}/lines.txt", "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
    return f"{folder}/lines.txt"


def _written(lines, command):
    with tempfile.TemporaryDirectory() as folder:
        _run(command(_text(folder, lines), f"{folder}/out.png"))
        return Image.open(f"{folder}/out.png").convert("RGB")


def _run(command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _screen():
    global _server
    if _server is None:
        display = f":{90 + os.getpid() % 100}"
        _server = subprocess.Popen(["Xvfb", display, "-screen", "0", f"{_SCREEN[0]}x{_SCREEN[1]}x24", "-nolisten", "tcp"], stderr=subprocess.DEVNULL)
        os.environ["DISPLAY"] = display
        time.sleep(2)


def close():
    if _server is not None:
        _server.terminate()


def _terminal(lines, style, start):
    _screen()
    with tempfile.TemporaryDirectory() as folder:
        text = _text(folder, lines)
        command = ["sh", "-c", f"printf '\\033[?25l'; sleep 0.2; cat {text}; touch {folder}/shown; sleep 60"]
        terminal = subprocess.Popen(start(command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(200):
                if os.path.exists(f"{folder}/shown"):
                    break
                time.sleep(0.05)
            before, still = None, 0
            while still < 2:
                time.sleep(0.12)
                now = _grab()
                # On a busy machine the window may not even be there yet.
                still = still + 1 if before is not None and numpy.array_equal(now, before) and numpy.ptp(now) > 0 else 0
                before = now
        finally:
            terminal.kill()
            terminal.wait()
        ground = numpy.array([int(style.ground[at:at + 2], 16) for at in (1, 3, 5)])
        # The window begins at the corner; the bare screen around it is black, and so may the window be.
        own = (numpy.abs(before.astype(int) - before[-1, -1].astype(int)).sum(2) > 0) | (numpy.abs(before.astype(int) - ground).sum(2) == 0)
        rows, columns = numpy.flatnonzero(own.any(1)), numpy.flatnonzero(own.any(0))
        return Image.fromarray(before[:rows[-1] + 1, :columns[-1] + 1].copy())


def _grab():
    dump = subprocess.run(["xwd", "-root", "-silent"], capture_output=True, check=True).stdout
    header = numpy.frombuffer(dump[:100], ">u4")
    width, height, stride, colours = int(header[4]), int(header[5]), int(header[12]), int(header[19])
    rows = numpy.frombuffer(dump, numpy.uint8, stride * height, int(header[0]) + colours * 12).reshape(height, stride)
    return rows[:, :width * 4].reshape(height, width, 4)[:, :, 2::-1].copy()
