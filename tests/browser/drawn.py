"""Waiting until a page is drawn.

A window that the browser holds for hidden draws no frame and ends no animation: it is waited for a
while, and then the page is looked at as it stands.
"""

FRAME = """const soon = (ms) => new Promise((done) => setTimeout(done, ms));
    const frame = () => Promise.race([new Promise(requestAnimationFrame), soon(2000)]);"""
TWO_FRAMES = f"""async () => {{
    {FRAME}
    await frame();
    await frame();
}}"""
SETTLED = f"""async () => {{
    {FRAME}
    await frame();
    await frame();
    const all = document.getAnimations().map(({{ finished }}) => finished);
    await Promise.race([Promise.allSettled(all), soon(10000)]);
    await frame();
}}"""
