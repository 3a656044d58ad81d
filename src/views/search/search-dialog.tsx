import { type RefObject, useRef } from 'react';
import { isOfSubject } from '../../store/followed.ts';
import { pauseSearch, resumeSearch, startSearch, stopSearch, useSearch } from '../../store/search.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { Button } from '../controls/button.tsx';
import { DesignInWords } from '../shell/design-in-words.tsx';
import { DialogFrame } from '../shell/dialog-frame.tsx';
import { SavePicture } from '../share/save-picture.tsx';
import { BoundSelects } from './bound-selects.tsx';
import { LiveFigures } from './live-figures.tsx';
import { OtherSubject } from './other-subject.tsx';
import { SearchVerdicts } from './search-verdicts.tsx';
import './search.css';

/** Searches every schedule of the scenario and design on screen, and tells what it found. */
export function SearchDialog() {
  const opened = useWorkbench((state) => state.opened);
  const outcome = useSearch((state) => state.outcome);
  const searched = useSearch((state) => state.subject);
  const isOther = searched !== null && !isOfSubject(searched, opened?.source);
  const isScenario = opened?.source.kind === 'scenario';
  const start = useRef<HTMLButtonElement>(null);
  return (
    <DialogFrame
      name="search"
      title="Search"
      first={start}
      foot={<SearchButtons canStart={isScenario} isOther={isOther} start={start} />}
    >
      {isScenario ? (
        <p className="search-subject">
          Every schedule of <strong>{opened.title}</strong> with the design{' '}
          <DesignInWords {...opened.source} />. The search goes on when this dialog is closed.
        </p>
      ) : (
        <p>A real process has too many states to visit. Choose a scenario to search.</p>
      )}
      <BoundSelects />
      {isOther && <OtherSubject subject={searched} />}
      <LiveFigures />
      {outcome !== null && <SearchVerdicts outcome={outcome} />}
      {outcome !== null && (
        <p>
          Picture of the search:{' '}
          <SavePicture name="Search" element={() => document.querySelector('.dialog')} />
        </p>
      )}
    </DialogFrame>
  );
}

interface SearchButtonsProps {
  readonly canStart: boolean;
  /** Whether the search under way, or the last one, is of something else than what is on screen. */
  readonly isOther: boolean;
  readonly start: RefObject<HTMLButtonElement | null>;
}

function SearchButtons({ canStart, isOther, start }: SearchButtonsProps) {
  const status = useSearch((state) => state.status);
  const isPaused = status === 'paused';
  const isUnderWay = status === 'running' || isPaused;
  return (
    <>
      <Button
        ref={start}
        look="primary"
        unavailable={!canStart || (!isOther && (isUnderWay || status === 'stopping'))}
        onClick={() => void startSearch()}
      >
        {status === 'ended' && !isOther ? 'Start again' : 'Start'}
      </Button>
      <Button unavailable={!isUnderWay} onClick={isPaused ? resumeSearch : pauseSearch}>
        {isPaused ? 'Resume' : 'Pause'}
      </Button>
      <Button unavailable={!isUnderWay} onClick={stopSearch}>
        Stop
      </Button>
    </>
  );
}
