"""The look as charts and maps need it: colours by role, for light and dark, out of .streamlit/config.toml."""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from core import pareto, rfm
from core.star import Refused

CONFIG_FILE = Path(__file__).parents[1] / ".streamlit" / "config.toml"
MODES = ("light", "dark")


@dataclass(frozen=True)
class Theme:
    """Colours by what they mean, as #RRGGBB; ramps have ten steps from the ground (or loss) outwards."""

    mode: str
    font: str
    ground: str
    panel: str
    ink: str
    quiet: str
    line: str
    land: str
    accent: str
    earlier: str
    gain: str
    loss: str
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]
    segments: Mapping[str, str]
    tiers: Mapping[str, str]

    def segment(self, name: str) -> str:
        """The colour of a segment; quiet for rows that are none, such as buyers not known."""
        return self.segments.get(name, self.quiet)

    def tier(self, name: str) -> str:
        """The colour of a tier; quiet for rows that are none."""
        return self.tiers.get(name, self.quiet)

    def heat(self, intensity: float) -> str:
        """The ramp's colour for a part (0-1) of the largest value."""
        return self.sequential[min(9, max(0, int(intensity * 10)))]

    def on_heat(self, intensity: float) -> str:
        """The text colour that reads on `heat(intensity)`."""
        return self.ground if intensity > 0.6 else self.ink


@functools.cache
def load(mode: str) -> Theme:
    """The theme of a mode, "light" or "dark"; anything else counts as light.

    Raises Refused where the configuration lacks a colour or has too few segment colours.
    """
    mode = mode if mode in MODES else "light"
    try:
        shared = tomllib.loads(CONFIG_FILE.read_text(encoding="utf-8"))["theme"]
        colours = {**shared, **shared[mode]}
        sequential = tuple(colours["chartSequentialColors"])
        categorical = tuple(colours["chartCategoricalColors"])
        names = rfm.segment_names()
        if len(categorical) < len(names) or len(sequential) != 10 or len(colours["chartDivergingColors"]) != 10:
            raise Refused(
                f"{CONFIG_FILE.name}, [theme]: the chart colours must be {len(names)} categorical, one a segment, "
                "and 10 each sequential and diverging."
            )
        return Theme(
            mode=mode,
            font=shared["font"],
            ground=colours["backgroundColor"],
            panel=colours["secondaryBackgroundColor"],
            ink=colours["textColor"],
            quiet=colours["grayColor"],
            line=colours["borderColor"],
            land=colours["grayBackgroundColor"],
            accent=colours["primaryColor"],
            earlier=colours["orangeColor"],
            gain=colours["greenColor"],
            loss=colours["redColor"],
            sequential=sequential,
            diverging=tuple(colours["chartDivergingColors"]),
            segments=MappingProxyType(dict(zip(names, categorical, strict=False))),
            tiers=MappingProxyType(
                dict(zip(pareto.tier_names(), (sequential[8], sequential[5], colours["grayColor"]), strict=True))
            ),
        )
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise Refused(f"{CONFIG_FILE} cannot be read ({error}); put the delivered file back.") from error
    except KeyError as error:
        raise Refused(
            f"{CONFIG_FILE.name}, [theme.{mode}] lacks {error}; put the key back from the delivered file."
        ) from error
