"""All drawings of a design by name; what templates call."""

from __future__ import annotations

from collections.abc import Callable

from generator.documents.design import things
from generator.documents.drawings.businesses import business_flow
from generator.documents.drawings.composition import composition
from generator.documents.drawings.connections import connections
from generator.documents.drawings.dataflow import dataflow
from generator.documents.drawings.drawing import Drawing
from generator.documents.drawings.entities import entities
from generator.documents.drawings.interfaces import interfaces
from generator.documents.drawings.jobs import jobs
from generator.documents.drawings.modules import modules
from generator.documents.drawings.network import network
from generator.documents.drawings.screens import screens
from generator.model import Contract


def business_flows(contract: Contract) -> list[Drawing]:
    """The flows of all businesses, one after the other."""
    return [drawing for item in things(contract, "businesses") for drawing in business_flow(contract, item)]


DRAWINGS: dict[str, Callable[[Contract], list[Drawing]]] = {
    "composition": composition,
    "network": network,
    "connections": connections,
    "interfaces": interfaces,
    "dataflow": dataflow,
    "entities": entities,
    "screens": screens,
    "jobs": jobs,
    "modules": modules,
    "business_flows": business_flows,
}
"""What can be drawn, by the name that a template says."""


def drawings(contract: Contract, name: str) -> list[Drawing]:
    """The drawings of one kind: `drawings(contract, "network")`; none where there is nothing to draw."""
    return DRAWINGS[name](contract)
