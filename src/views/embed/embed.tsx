import { useEffect } from 'react';
import { listenToParent, playWithin, stepWithin } from '../../store/embed.ts';
import { addressOnScreen } from '../../store/moment-link.ts';
import { pause } from '../../store/play.ts';
import { seek, useWorkbench } from '../../store/workbench.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { Story } from '../controls/story.tsx';
import { PropertiesStrip } from '../properties/properties-strip.tsx';
import { Announcer } from '../shell/announcer.tsx';
import { NoticeBar } from '../shell/notice-bar.tsx';
import { TreeView } from '../tree/tree-view.tsx';
import './embed.css';

/** A run inside another page: to be looked at and gone through, not changed. */
export function Embed() {
  useEffect(listenToParent, []);
  return (
    <div className="shell embed">
      <Head />
      <NoticeBar />
      <Story />
      <main className="embed-view">
        <TreeView />
      </main>
      <PropertiesStrip />
      <Announcer />
    </div>
  );
}

function Head() {
  const title = useWorkbench((state) => state.opened?.title);
  return (
    <header className="header">
      <h1 className="brand">{title ?? 'Limbo'}</h1>
      <Moves />
      <span className="header-gap" />
      <WayOut />
    </header>
  );
}

function Moves() {
  const cursor = useWorkbench((state) => state.cursor);
  const length = useWorkbench((state) => state.length);
  const playing = useWorkbench((state) => state.playing);
  return (
    <>
      <Button label="To the start" unavailable={cursor === 0} onClick={() => void seek(0)}>
        <Icon name="start" />
      </Button>
      <Button label="Step back" unavailable={cursor === 0} onClick={() => void stepWithin(-1)}>
        <Icon name="back" />
      </Button>
      <Button look="primary" unavailable={cursor === length} onClick={() => void stepWithin(1)}>
        <Icon name="step" /> Step
      </Button>
      <Button unavailable={cursor === length && !playing} onClick={playing ? pause : () => void playWithin()}>
        <Icon name={playing ? 'pause' : 'play'} /> {playing ? 'Pause' : 'Play'}
      </Button>
      <p className="position">
        step <strong>{cursor}</strong> of {length}
      </p>
    </>
  );
}

/** The same moment in a page of its own. */
function WayOut() {
  // Read for their changes: the address is that of the moment on screen.
  useWorkbench((state) => state.records);
  useWorkbench((state) => state.cursor);
  const address = addressOnScreen();
  if (address === null) return null;
  return (
    <a href={address.replace(/\?[^#]*/, '')} target="_blank" rel="noreferrer">
      Open in Limbo
    </a>
  );
}
