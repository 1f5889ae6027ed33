"""No page is forgotten: every module's routes are in the table, and a desktop serves each of them, guarded."""

import pkgutil
from importlib import import_module

import pytest
from fastapi.routing import APIRoute

import wallet.pages
from passport.web.forms import same_origin
from wallet.desktop.mounting import mount
from wallet.desktop.session import check_host, from_our_page, from_our_page_unused
from wallet.pages.routing import Guard
from wallet.pages.table import ROUTERS

_CHECKED = {
    Guard.PERSON: from_our_page,
    Guard.PAGE_ITSELF: from_our_page_unused,
    Guard.ELSEWHERE: check_host,
}


def mounted():
    return [
        (route, found)
        for each in ROUTERS
        for route, found in zip(each.routes, mount(each).routes, strict=True)
    ]


def test_every_page_is_in_the_table_once():
    modules = [
        import_module(f"wallet.pages.{each.name}") for each in pkgutil.iter_modules(wallet.pages.__path__)
    ]
    routers = [module.router for module in modules if hasattr(module, "router")]
    assert len(ROUTERS) == len(routers)
    assert {id(each) for each in ROUTERS} == {id(each) for each in routers}


@pytest.mark.parametrize(("route", "found"), mounted(), ids=lambda each: getattr(each, "template", ""))
def test_a_desktop_guards_each_route_as_it_says(route, found):
    assert isinstance(found, APIRoute)
    assert (found.path, found.methods) == (route.template, {route.method})
    checks = [each.dependency for each in found.dependencies]
    assert checks[0] is _CHECKED[route.guard]
    assert (same_origin.dependency in checks) == (route.method == "POST")


def test_only_answers_of_other_sites_come_without_our_cookie():
    elsewhere = {
        route.template for each in ROUTERS for route in each.routes if route.guard is Guard.ELSEWHERE
    }
    assert elsewhere == {"/signed-in/{place}", "/connected/{place}", "/ims/ob/v3p0/authorize"}
