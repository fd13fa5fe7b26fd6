<?php return ['bot' => '{key:after ch}'];
